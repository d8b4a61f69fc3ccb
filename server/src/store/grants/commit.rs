//! Committing one change of one grant, and ending whatever somebody holds together with their access.

use domain::{
    actions::CommitError,
    audit::{Entry, EntryDraft, EntryOutcome},
    break_glass::{Review, Step},
    canonical::canonical_json,
    grants::{EndReason, Grant, GrantChange, GrantMoveError, GrantState},
    ids::GrantId,
    names::Login,
    notifications::Event,
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::Recording,
    decided::check,
    failure::in_store,
    reviews::commit as reviews,
    statement::{Argument, statements},
};

statements! {
    ASK[9] = "INSERT INTO grants \
        (id, digest, version, state, ends_at, record, holder, tenant, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
    /// Nobody else changed it first, and it is still what was signed.
    MOVE[6] = "UPDATE grants SET version = $3, state = $4, ends_at = $5, record = $6 \
        WHERE id = $1 AND digest = $2 AND version = $3 - 1";
    /// What is given, and ends later than that moment.
    LIVE[2] = "SELECT id FROM grants \
        WHERE id = $1 AND state IN ('activating', 'active') AND ends_at > $2";
    OPEN_OF[1] = "SELECT record FROM grants \
        WHERE holder = $1 AND state IN ('pending', 'activating', 'active') ORDER BY created_at, id";
}

/// Puts the change and its entry into the transaction, or says why it may not stand.
pub(super) async fn commit(
    recording: &mut Recording,
    change: GrantChange,
) -> Result<Entry, CommitError> {
    let GrantChange { grant, entry, decided } = change;
    if let Some(decided) = &decided {
        check(recording, decided, entry.at).await?;
    }
    put(recording, &grant).await?;
    if let Some(review) = Review::opened(&grant) {
        reviews::open(recording, &review).await?;
    }
    if let Some(step) = Step::opened(&grant) {
        reviews::go_on(recording, grant.first_session(), step).await?;
    }
    Ok(append(recording, &grant, entry).await?)
}

/// Writes the entry of a change, and has it told where that is worth telling.
async fn append(
    recording: &mut Recording,
    grant: &Grant,
    entry: EntryDraft,
) -> Result<Entry, StoreError> {
    let entry = recording.append(entry).await?;
    recording.tell(Event::of_grant(grant, &entry)).await?;
    Ok(entry)
}

async fn put(recording: &mut Recording, grant: &Grant) -> Result<(), CommitError> {
    let record = canonical_json(grant)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| StoreError::Corrupt("the grant has no canonical form".to_owned()))?;
    let body = &grant.body;
    let moved = [
        Argument::text(&body.id),
        Argument::text(&grant.digest),
        Argument::Integer(i64::try_from(grant.version).ok()),
        Argument::text(&grant.state.name()),
        Argument::Integer(grant.ends_at().map(Timestamp::as_micros)),
        Argument::Text(Some(record)),
    ];
    let written = if grant.version == 0 {
        let [id, digest, version, state, ends_at, record] = moved;
        let holder = Argument::text(&body.holder);
        let tenant = Argument::text(&body.tenant.name());
        let created_at = Argument::time(body.created_at);
        let asked = [id, digest, version, state, ends_at, record, holder, tenant, created_at];
        ASK.execute(recording, asked).await?
    } else {
        MOVE.execute(recording, moved).await?
    };
    if written == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

/// Whether a grant is given at that moment, and nobody said that it ends.
pub(in crate::store) async fn is_live(
    recording: &mut Recording,
    id: GrantId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let live = LIVE.first(recording, [Argument::text(&id), Argument::time(now)]).await?;
    Ok(live.is_some())
}

/// Ends whatever a person waits for or holds, each with an entry of its own: power never outlasts access.
pub(in crate::store) async fn end_open(
    recording: &mut Recording,
    holder: &Login,
    reason: EndReason,
    by: Option<&Login>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let rows = OPEN_OF.fetch(recording, [Argument::text(holder)]).await?;
    let mut count = 0;
    for row in &rows {
        // Locking somebody must not fail on a record that somebody wrote past the console: it explains no power either.
        let Ok(Ok((grant, mut entry))) =
            row.json("record").map(|grant| ended(grant, reason, by, now))
        else {
            tracing::error!(%holder, "what is kept of a grant is spoilt; it is left as it is");
            continue;
        };
        put(recording, &grant).await.map_err(in_store)?;
        entry.actor = by.cloned();
        append(recording, &grant, entry).await?;
        count += 1;
    }
    Ok(count)
}

fn ended(
    grant: Grant,
    reason: EndReason,
    by: Option<&Login>,
    now: Timestamp,
) -> Result<(Grant, EntryDraft), GrantMoveError> {
    if grant.state == GrantState::Pending {
        let holder = grant.body.holder.clone();
        let grant = grant.withdraw(by.unwrap_or(&holder), now)?;
        let entry = grant.entry_by_itself(now, EntryOutcome::Withdrawn);
        return Ok((grant, entry.with("reason", "holder-lost-access")));
    }
    let grant = grant.end(reason, by, now)?;
    let entry = grant.entry_by_itself(now, EntryOutcome::Ending);
    Ok((grant, entry.with("reason", reason.as_str())))
}
