//! What becomes of a delivery: it arrived, is put off, or is given up.
//!
//! Only whoever holds a delivery puts it off or gives it up; that it arrived is true whoever says so.

use domain::{
    notifications::{ClaimId, DeliveryId, Failure, Missed},
    store::StoreError,
    time::Timestamp,
};

use super::events::json;
use crate::store::{
    connection::{Recording, Writing},
    statement::{Argument, statements},
};

statements! {
    ARRIVED[1] = "DELETE FROM deliveries WHERE id = $1";
    PUT_OFF[5] = "UPDATE deliveries SET due_at = $3, claim = NULL, failure = $4, \
        stuck_at = COALESCE(stuck_at, $5) WHERE id = $1 AND claim = $2";
    GIVE_UP[4] = "UPDATE deliveries SET due_at = NULL, claim = NULL, failure = $3, \
        stuck_at = COALESCE(stuck_at, $4) WHERE id = $1 AND claim = $2";
    RETRY[2] = "UPDATE deliveries SET due_at = $2, since = $2, claim = NULL, attempts = 0, stuck_at = NULL \
        WHERE id = $1 AND stuck_at IS NOT NULL";
    FORGET[1] = "DELETE FROM deliveries WHERE stuck_at <= $1 AND due_at IS NULL";
}

/// Forgets what arrived.
pub(super) async fn delivered(writing: &mut Writing, id: DeliveryId) -> Result<(), StoreError> {
    ARRIVED.execute(writing, [Argument::text(&id)]).await?;
    Ok(())
}

/// Whether it was still held.
pub(super) async fn put_off(writing: &mut Writing, missed: &Missed) -> Result<bool, StoreError> {
    let arguments = [
        Argument::text(&missed.id),
        Argument::text(&missed.claim),
        Argument::time(missed.next),
        json(&missed.failure)?,
        Argument::Integer(missed.stuck_at.map(Timestamp::as_micros)),
    ];
    Ok(PUT_OFF.execute(writing, arguments).await? == 1)
}

/// Whether it was still held.
pub(super) async fn give_up(
    recording: &mut Recording,
    id: DeliveryId,
    claim: ClaimId,
    failure: Failure,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let arguments =
        [Argument::text(&id), Argument::text(&claim), json(&failure)?, Argument::time(now)];
    Ok(GIVE_UP.execute(recording, arguments).await? == 1)
}

/// Whether it was stuck.
pub(super) async fn retry(
    recording: &mut Recording,
    id: DeliveryId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(RETRY.execute(recording, [Argument::text(&id), Argument::time(now)]).await? == 1)
}

/// How many went. What is stuck but not given up stays, however long.
pub(super) async fn forget_given_up(
    writing: &mut Writing,
    before: Timestamp,
) -> Result<u64, StoreError> {
    FORGET.execute(writing, [Argument::time(before)]).await
}
