//! Coming in: by a link with a first passkey, or with a passkey that is enrolled.

use domain::{
    audit::Entry,
    identity::{EnrolError, NewEnrolment, SignInError, SignInRecord},
    store::StoreError,
};

use super::{links, passkeys, people, sessions};
use crate::store::connection::Recording;

pub(super) async fn enrol(
    recording: &mut Recording,
    enrolment: NewEnrolment,
) -> Result<Entry, EnrolError> {
    let NewEnrolment { link, now, passkey, handle, session, entry } = enrolment;
    if !links::use_up(recording, link, &passkey.login, now).await? {
        return Err(EnrolError::LinkInvalid);
    }
    if people::is_locked(recording, &passkey.login).await? {
        return Err(EnrolError::Locked);
    }
    if !passkeys::of(recording, &passkey.login).await?.is_empty() {
        return Err(EnrolError::AlreadyEnrolled);
    }
    if people::handle(recording, &passkey.login, handle).await? != handle {
        let told = "the passkey was made for another handle than the person's".to_owned();
        return Err(StoreError::Corrupt(told).into());
    }
    if !passkeys::add(recording, &passkey).await? {
        return Err(EnrolError::AlreadyEnrolled);
    }
    sessions::open(recording, &session).await?;
    Ok(recording.append(entry).await?)
}

pub(super) async fn sign_in(
    recording: &mut Recording,
    record: SignInRecord,
) -> Result<Entry, SignInError> {
    let SignInRecord { passkey, session, entry } = record;
    if people::is_locked(recording, &passkey.login).await? {
        return Err(SignInError::Locked);
    }
    if !passkeys::note_use(recording, &passkey).await? {
        return Err(SignInError::PasskeyGone);
    }
    sessions::open(recording, &session).await?;
    Ok(recording.append(entry).await?)
}
