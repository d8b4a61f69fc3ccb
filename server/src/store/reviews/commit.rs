//! Committing one change of one review. They begin in the transaction that opens their session.

use domain::{
    actions::CommitError,
    audit::Entry,
    break_glass::{ClosedAlone, MOST_UNREVIEWED, Review, ReviewChange, ReviewStateName, Step},
    canonical::canonical_json,
    ids::GrantId,
    notifications::Event,
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::Recording,
    decided::check,
    recoveries::lately::recovered_until,
    statement::{Argument, statements},
};

statements! {
    UNREVIEWED[1] =
        "SELECT COUNT(*) AS many FROM reviews WHERE person = $1 AND state = 'open' AND is_drill = 0";
    /// Another live session of the person than this, that they opened alone.
    ELSEWHERE[2] = "SELECT session FROM reviews WHERE live_alone = $1 AND session <> $2";
    ONE[1] = "SELECT session, record FROM reviews WHERE session = $1";
    /// No row where the person has a live session already that they opened alone.
    OPEN[9] = "INSERT INTO reviews \
        (session, version, state, live_alone, record, person, incident, opened_at, is_drill) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (live_alone) DO NOTHING";
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
        check_may_open_alone(recording, review, review.opened_at).await?;
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
        Argument::Integer(Some(i64::from(review.is_drill))),
    ];
    match OPEN.execute(recording, opened).await? {
        1 => Ok(()),
        _ => Err(CommitError::AloneClosed(ClosedAlone::Live)),
    }
}

/// Has the review of the session that it all began with cover what goes on from it, in the transaction that opens that.
pub(in crate::store) async fn go_on(
    recording: &mut Recording,
    first: GrantId,
    step: Step,
) -> Result<(), CommitError> {
    let row = ONE.first(recording, [Argument::text(&first)]).await?;
    let review: Review = match row {
        Some(row) => row.json("record")?,
        None => return Err(CommitError::SessionOver),
    };
    let (is_alone, opened_at) = (step.is_alone(), step.opened_at);
    let review = review.go_on(step).map_err(|_| CommitError::SessionOver)?;
    if is_alone {
        check_may_open_alone(recording, &review, opened_at).await?;
    }
    if review.is_alone() && !review.is_drill {
        let of_them = [Argument::text(&review.person), Argument::text(&review.session)];
        if ELSEWHERE.first(recording, of_them).await?.is_some() {
            return Err(CommitError::AloneClosed(ClosedAlone::Live));
        }
    }
    match MOVE.execute(recording, moved(&review)?).await? {
        1 => Ok(()),
        _ => Err(CommitError::Conflict),
    }
}

/// Whoever was recovered lately, or has two sessions that nobody reviewed, opens none alone.
async fn check_may_open_alone(
    recording: &mut Recording,
    review: &Review,
    at: Timestamp,
) -> Result<(), CommitError> {
    if recovered_until(recording, &review.person, at).await?.is_some() {
        return Err(CommitError::AloneClosed(ClosedAlone::Recovered));
    }
    let open = UNREVIEWED.first(recording, [Argument::text(&review.person)]).await?;
    let many = open.map(|row| row.count("many")).transpose()?.unwrap_or_default();
    if many < MOST_UNREVIEWED {
        return Ok(());
    }
    Err(CommitError::AloneClosed(ClosedAlone::Unreviewed))
}

fn moved(review: &Review) -> Result<[Argument; 5], StoreError> {
    let record = canonical_json(review)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| StoreError::Corrupt("the review has no canonical form".to_owned()))?;
    let is_live = review.state.name() == ReviewStateName::Live;
    let stands_alone = is_live && review.is_alone() && !review.is_drill;
    Ok([
        Argument::text(&review.session),
        Argument::Integer(i64::try_from(review.version).ok()),
        Argument::text(&review.state.name()),
        Argument::optional(stands_alone.then_some(&review.person)),
        Argument::Text(Some(record)),
    ])
}
