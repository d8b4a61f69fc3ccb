//! Committing one change of one request: what the decision stood on is checked again where nothing can change it.

use domain::{
    actions::{CommitError, Request, RequestChange, StateName},
    audit::{Entry, EntryDraft, EntryOutcome},
    canonical::canonical_json,
    names::Login,
    notifications::Event,
    store::StoreError,
    time::Timestamp,
};

use super::around::{keeps_within, key};
use crate::store::{
    connection::Recording,
    decided::check,
    failure::in_store,
    statement::{Argument, statements},
};

statements! {
    ASK[10] = "INSERT INTO requests \
        (id, digest, version, state, ends_at, record, requester, tenant, created_at, target) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";
    /// Nobody else changed it first, and it is still what was signed.
    MOVE[8] = "UPDATE requests SET version = $3, state = $4, ends_at = $5, record = $6, acted_at = $7, \
        in_flight = $8 WHERE id = $1 AND digest = $2 AND version = $3 - 1";
    BUSY[2] = "SELECT id FROM requests WHERE in_flight = $1 AND id <> $2";
    OPEN_OF[1] = "SELECT record FROM requests \
        WHERE requester = $1 AND state IN ('pending', 'approved') ORDER BY created_at, id";
}

/// Puts the change and its entry into the transaction, or says why it may not stand.
pub(super) async fn commit(
    recording: &mut Recording,
    change: RequestChange,
) -> Result<Entry, CommitError> {
    let RequestChange { request, entry, others, decided } = change;
    if let Some(decided) = &decided {
        check(recording, decided, entry.at).await?;
        if !keeps_within(recording, decided.limits, &request.body.target).await? {
            return Err(CommitError::Overtaken);
        }
    }
    put(recording, &request).await?;
    let entry = append(recording, &request, entry).await?;
    for other in others {
        recording.append(other).await?;
    }
    Ok(entry)
}

/// Writes the entry of a change, and has it told.
async fn append(
    recording: &mut Recording,
    request: &Request,
    entry: EntryDraft,
) -> Result<Entry, StoreError> {
    let entry = recording.append(entry).await?;
    recording.tell(Event::of(request, &entry)).await?;
    Ok(entry)
}

async fn put(recording: &mut Recording, request: &Request) -> Result<(), CommitError> {
    let record = canonical_json(request)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| StoreError::Corrupt("the request has no canonical form".to_owned()))?;
    let body = &request.body;
    let (id, digest) = (Argument::text(&body.id), Argument::text(&request.digest));
    let version = Argument::Integer(i64::try_from(request.version).ok());
    let state = Argument::text(request.state.name().as_str());
    let ends_at = Argument::Integer(request.ends_at().map(Timestamp::as_micros));
    let record = Argument::Text(Some(record));
    let target = key(&body.target);
    let written = if request.version == 0 {
        let requester = Argument::text(&body.requester);
        let tenant = Argument::text(&body.target.tenant());
        let created_at = Argument::time(body.created_at);
        let arguments = [
            id,
            digest,
            version,
            state,
            ends_at,
            record,
            requester,
            tenant,
            created_at,
            Argument::Text(Some(target)),
        ];
        ASK.execute(recording, arguments).await?
    } else {
        let acted_at = request.state.execution().map(|execution| execution.intent.at);
        let acted_at = Argument::Integer(acted_at.map(Timestamp::as_micros));
        let executing = request.state.name() == StateName::Executing;
        let in_flight = Argument::Text(executing.then_some(target));
        if executing && BUSY.first(recording, [in_flight.clone(), id.clone()]).await?.is_some() {
            return Err(CommitError::TargetBusy);
        }
        let moved = [id, digest, version, state, ends_at, record, acted_at, in_flight];
        MOVE.execute(recording, moved).await?
    };
    if written == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

/// Withdraws whatever a person still waits for, each with an entry of its own.
pub(in crate::store) async fn withdraw_open(
    recording: &mut Recording,
    requester: &Login,
    by: Option<&Login>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let rows = OPEN_OF.fetch(recording, [Argument::text(requester)]).await?;
    let mut count = 0;
    for row in &rows {
        let read = row.json::<Request>("record");
        // Locking somebody must not fail on a record that somebody wrote past the console: nobody carries it out either.
        let Ok(Ok(request)) = read.map(|it| it.withdraw(by.unwrap_or(requester), now)) else {
            tracing::error!(%requester, "what is kept of a request is spoilt; it is left as it is");
            continue;
        };
        put(recording, &request).await.map_err(in_store)?;
        let mut entry = request
            .entry_by_itself(now, EntryOutcome::Withdrawn)
            .with("reason", "requester-lost-access");
        entry.actor = by.cloned();
        append(recording, &request, entry).await?;
        count += 1;
    }
    Ok(count)
}
