//! Whom the console knows: their handle, and whether they are locked out.

use domain::{
    audit::{Entry, EntryDraft},
    grants::EndReason,
    identity::PersonStatus,
    ids::UserHandle,
    names::Login,
    store::StoreError,
    time::Timestamp,
};

use super::{links, sessions};
use crate::store::{
    connection::{Reading, Recording},
    grants::commit::end_open,
    recoveries::commit::stop_open,
    requests::commit::withdraw_open,
    statement::{Argument, Connected, statements},
};

statements! {
    GIVE_HANDLE[2] = "INSERT INTO people (login, handle) VALUES ($1, $2) \
        ON CONFLICT (login) DO UPDATE SET handle = COALESCE(people.handle, excluded.handle) \
        RETURNING handle";
    LOGIN_OF[1] = "SELECT login FROM people WHERE handle = $1";
    KNOWN[0] = "SELECT login FROM people WHERE handle IS NOT NULL ORDER BY login";
    LOCKED_AT[1] = "SELECT locked_at FROM people WHERE login = $1";
    LOCK[2] = "INSERT INTO people (login, locked_at) VALUES ($1, $2) \
        ON CONFLICT (login) DO UPDATE SET locked_at = COALESCE(people.locked_at, excluded.locked_at)";
    UNLOCK[1] = "UPDATE people SET locked_at = NULL WHERE login = $1";
}

/// The person's handle; `fresh` when they had none.
pub(in crate::store) async fn handle(
    on: &mut impl Connected,
    login: &Login,
    fresh: UserHandle,
) -> Result<UserHandle, StoreError> {
    let row = GIVE_HANDLE.first(on, [Argument::text(login), Argument::text(&fresh)]).await?;
    row.ok_or_else(|| StoreError::Corrupt("a person has no handle".to_owned()))?.parsed("handle")
}

pub(super) async fn login_of(
    reading: &mut Reading,
    handle: UserHandle,
) -> Result<Option<Login>, StoreError> {
    let row = LOGIN_OF.first(reading, [Argument::text(&handle)]).await?;
    row.map(|row| row.parsed("login")).transpose()
}

pub(super) async fn known(reading: &mut Reading) -> Result<Vec<Login>, StoreError> {
    KNOWN.fetch(reading, []).await?.iter().map(|row| row.parsed("login")).collect()
}

pub(super) async fn status(
    on: &mut impl Connected,
    login: &Login,
) -> Result<PersonStatus, StoreError> {
    let row = LOCKED_AT.first(on, [Argument::text(login)]).await?;
    let since = row.map(|row| row.optional_time("locked_at")).transpose()?.flatten();
    Ok(since.map_or(PersonStatus::Open, |since| PersonStatus::Locked { since }))
}

/// Whether a person is locked, as of this transaction.
pub(in crate::store) async fn is_locked(
    recording: &mut Recording,
    login: &Login,
) -> Result<bool, StoreError> {
    Ok(matches!(status(recording, login).await?, PersonStatus::Locked { .. }))
}

pub(super) async fn lock(
    recording: &mut Recording,
    login: &Login,
    now: Timestamp,
    entry: EntryDraft,
) -> Result<Entry, StoreError> {
    let by = entry.actor.clone();
    LOCK.execute(recording, [Argument::text(login), Argument::time(now)]).await?;
    let entry = recording.append(entry).await?;
    links::void(recording, login).await?;
    sessions::end_all(recording, login).await?;
    withdraw_open(recording, login, by.as_ref(), now).await?;
    end_open(recording, login, EndReason::Locked, by.as_ref(), now).await?;
    stop_open(recording, login, by.as_ref(), now).await?;
    Ok(entry)
}

/// Like a lock, but for somebody who is merely no longer listed.
pub(super) async fn depart(
    recording: &mut Recording,
    login: &Login,
    now: Timestamp,
    entry: EntryDraft,
) -> Result<Option<Entry>, StoreError> {
    let by = entry.actor.clone();
    // First, so that it stands before the withdrawals; dropped with the rest when nothing was to end.
    let entry = recording.append(entry).await?;
    let links = links::void(recording, login).await?;
    let sessions = sessions::end_all(recording, login).await?;
    let withdrawn = withdraw_open(recording, login, by.as_ref(), now).await?;
    let ended = end_open(recording, login, EndReason::LostRight, by.as_ref(), now).await?;
    let stopped = stop_open(recording, login, by.as_ref(), now).await?;
    let anything = links > 0 || sessions > 0 || withdrawn > 0 || ended > 0 || stopped > 0;
    Ok(anything.then_some(entry))
}

pub(super) async fn unlock(recording: &mut Recording, login: &Login) -> Result<(), StoreError> {
    UNLOCK.execute(recording, [Argument::text(login)]).await?;
    Ok(())
}
