//! Committing one change of one review. They begin in the transaction that opens their session.

use domain::{
    actions::CommitError,
    audit::Entry,
    break_glass::{ClosedAlone, MOST_UNREVIEWED, Review, ReviewChange, ReviewStateName},
    canonical::canonical_json,
    notifications::Event,
    store::StoreError,
};

use crate::store::{
    connection::Recording,
    decided::check,
    recoveries::lately::recovered_until,
    statement::{Argument, statements},
};

statements! {
    UNREVIEWED[1] =
        "SELECT COUNT(*) AS many FROM reviews WHERE person = $1 AND state = 'open'";
    /// No row where the person has a live session already that they opened alone.
    OPEN[8] = "INSERT INTO reviews \
        (session, version, state, live_alone, record, person, incident, opened_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (live_alone) DO NOTHING";
    /// Nobody else changed it first.
    MOVE[5] = "UPDATE reviews SET version = $2, state = $3, live_alone = $4, record = $5 \
        WHERE session = $1 AND version = $2 - 1";
}

/// Puts the change and its entry into the transaction, or says why it may not stand.
pub(super) async fn commit(
    recording: &mut Recording,
    change: ReviewChange,
) -> Result<Entry, CommitError> {
    let ReviewChange { review, entry, decided } = change;
    if let Some(decided) = &decided {
        check(recording, decided, entry.at).await?;
    }
    if MOVE.execute(recording, moved(&review)?).await? != 1 {
        return Err(CommitError::Conflict);
    }
    let entry = recording.append(entry).await?;
    recording.tell(Event::of_review(&review, &entry)).await?;
    Ok(entry)
}

/// Puts the review of a session that opens into the same transaction. Alone, it is opened only while that is not closed to
/// the person, however many they open at once.
pub(in crate::store) async fn open(
    recording: &mut Recording,
    review: &Review,
) -> Result<(), CommitError> {
    if review.is_alone() {
        if recovered_until(recording, &review.person, review.opened_at).await?.is_some() {
            return Err(CommitError::AloneClosed(ClosedAlone::Recovered));
        }
        let open = UNREVIEWED.first(recording, [Argument::text(&review.person)]).await?;
        let many = open.map(|row| row.count("many")).transpose()?.unwrap_or_default();
        if many >= MOST_UNREVIEWED {
            return Err(CommitError::AloneClosed(ClosedAlone::Unreviewed));
        }
    }
    let [session, version, state, live_alone, record] = moved(review)?;
    let opened = [
        session,
        version,
        state,
        live_alone,
        record,
        Argument::text(&review.person),
        Argument::text(&review.incident_key()),
        Argument::time(review.opened_at),
    ];
    match OPEN.execute(recording, opened).await? {
        1 => Ok(()),
        _ => Err(CommitError::AloneClosed(ClosedAlone::Live)),
    }
}

fn moved(review: &Review) -> Result<[Argument; 5], StoreError> {
    let record = canonical_json(review)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| StoreError::Corrupt("the review has no canonical form".to_owned()))?;
    let is_live = review.state.name() == ReviewStateName::Live;
    Ok([
        Argument::text(&review.session),
        Argument::Integer(i64::try_from(review.version).ok()),
        Argument::text(&review.state.name()),
        Argument::optional((is_live && review.is_alone()).then_some(&review.person)),
        Argument::Text(Some(record)),
    ])
}
