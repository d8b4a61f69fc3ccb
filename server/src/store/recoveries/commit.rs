//! Committing one change of one recovery, and stopping those of somebody who loses their access.

use domain::{
    actions::CommitError,
    audit::{Entry, EntryDraft, EntryOutcome},
    canonical::canonical_json,
    names::Login,
    notifications::Event,
    recovery::{Recovery, RecoveryChange},
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::Recording,
    decided::check,
    failure::in_store,
    statement::{Argument, statements},
};

statements! {
    /// No row where a recovery of the person is under way already.
    ASK[11] = "INSERT INTO recoveries \
        (id, digest, version, state, ends_at, under_way, link, recovered_at, record, person, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    /// Nobody else changed it first, and it is still what was signed.
    MOVE[9] = "UPDATE recoveries SET version = $3, state = $4, ends_at = $5, under_way = $6, \
        link = $7, recovered_at = $8, record = $9 \
        WHERE id = $1 AND digest = $2 AND version = $3 - 1";
    UNDER_WAY[1] = "SELECT record FROM recoveries WHERE under_way = $1";
}

/// Puts the change and its entry into the transaction, or says why it may not stand.
pub(super) async fn commit(
    recording: &mut Recording,
    change: RecoveryChange,
) -> Result<Entry, CommitError> {
    let RecoveryChange { recovery, entry, decided } = change;
    if let Some(decided) = &decided {
        check(recording, decided, entry.at).await?;
    }
    put(recording, &recovery).await?;
    Ok(append(recording, &recovery, entry).await?)
}

/// Writes the entry of a change, and has it told.
async fn append(
    recording: &mut Recording,
    recovery: &Recovery,
    entry: EntryDraft,
) -> Result<Entry, StoreError> {
    let entry = recording.append(entry).await?;
    recording.tell(Event::of_recovery(recovery, &entry)).await?;
    Ok(entry)
}

async fn put(recording: &mut Recording, recovery: &Recovery) -> Result<(), CommitError> {
    let record = canonical_json(recovery)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| StoreError::Corrupt("the recovery has no canonical form".to_owned()))?;
    let body = &recovery.body;
    let recovered_at = recovery.state.enrolment().map(|enrolment| enrolment.at);
    let moved = [
        Argument::text(&body.id),
        Argument::text(&recovery.digest),
        Argument::Integer(i64::try_from(recovery.version).ok()),
        Argument::text(&recovery.state.name()),
        Argument::Integer(recovery.ends_at().map(Timestamp::as_micros)),
        Argument::optional(recovery.is_under_way().then_some(&body.person)),
        Argument::optional(recovery.link().as_ref()),
        Argument::Integer(recovered_at.map(Timestamp::as_micros)),
        Argument::Text(Some(record)),
    ];
    let written = if recovery.version == 0 {
        let [id, digest, version, state, ends_at, under_way, link, recovered_at, record] = moved;
        let (person, created_at) = (Argument::text(&body.person), Argument::time(body.created_at));
        let asked = [
            id,
            digest,
            version,
            state,
            ends_at,
            under_way,
            link,
            recovered_at,
            record,
            person,
            created_at,
        ];
        ASK.execute(recording, asked).await?
    } else {
        MOVE.execute(recording, moved).await?
    };
    if written == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

/// Stops whatever would let a person in again: whoever is to stay out is not recovered. How many were stopped.
pub(in crate::store) async fn stop_open(
    recording: &mut Recording,
    person: &Login,
    by: Option<&Login>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let rows = UNDER_WAY.fetch(recording, [Argument::text(person)]).await?;
    let mut stopped = 0;
    for row in &rows {
        // Locking somebody must not fail on a record that somebody wrote past the console: it lets nobody in.
        let Ok(Ok(recovery)) = row.json::<Recovery>("record").map(|it| it.stop(by, now)) else {
            tracing::error!(%person, "what is kept of a recovery is spoilt; it is left as it is");
            continue;
        };
        put(recording, &recovery).await.map_err(in_store)?;
        let mut entry = recovery.entry_by_itself(now, EntryOutcome::Withdrawn);
        entry.actor = by.cloned();
        append(recording, &recovery, entry.with("reason", "person-lost-access")).await?;
        stopped += 1;
    }
    Ok(stopped)
}
