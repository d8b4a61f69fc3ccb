//! Coming in again: one passkey and one session in the place of all that a person had.

use domain::{
    actions::CommitError,
    audit::Entry,
    grants::EndReason,
    identity::{CredentialId, EnrolError},
    recovery::ComingBack,
    store::StoreError,
};

use super::commit;
use crate::store::{
    connection::Recording,
    grants::commit::end_open,
    identity::{ceremonies, links, passkeys, people, sessions},
    requests::commit::withdraw_open,
};

/// Lets somebody in again, or says why they stay out.
pub(super) async fn come_back(
    recording: &mut Recording,
    back: ComingBack,
) -> Result<Entry, EnrolError> {
    let ComingBack { change, passkey, handle, session } = back;
    let person = change.recovery.body.person.clone();
    let removed = change.recovery.state.enrolment().map(|enrolment| enrolment.removed.clone());
    // First: it says whether the link still stands, and whether those who signed might sign still.
    let entry = match commit::commit(recording, change).await {
        Ok(entry) => entry,
        Err(CommitError::Conflict) => return Err(EnrolError::LinkInvalid),
        Err(CommitError::Locked) => return Err(EnrolError::Locked),
        Err(error) => return Err(error.into()),
    };
    let before: Vec<CredentialId> =
        passkeys::of(recording, &person).await?.into_iter().map(|it| it.id).collect();
    if removed != Some(before) {
        // Somebody added or removed one meanwhile: what is written down of it would not be true.
        return Err(CommitError::Conflict.into());
    }
    passkeys::remove_all(recording, &person).await?;
    sessions::end_all(recording, &person).await?;
    ceremonies::void(recording, &person).await?;
    links::void(recording, &person).await?;
    // Whoever has what they lost may have more of theirs.
    withdraw_open(recording, &person, None, session.created_at).await?;
    end_open(recording, &person, EndReason::Recovered, None, session.created_at).await?;
    if people::handle(recording, &person, handle).await? != handle {
        let told = "the passkey was made for another handle than the person's".to_owned();
        return Err(StoreError::Corrupt(told).into());
    }
    if passkey.login != person || !passkeys::add(recording, &passkey).await? {
        return Err(EnrolError::AlreadyEnrolled);
    }
    sessions::open(recording, &session).await?;
    Ok(entry)
}
