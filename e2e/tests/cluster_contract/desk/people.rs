//! People on paper: everybody is free to act and has one passkey, and one ceremony is expected at a time.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::{
    approvals::Nonce,
    audit::{Entry, EntryDraft},
    canonical::Digest,
    identity::{
        Ceremony, CredentialId, EnrolError, EnrolmentLink, IdentityStore, NewEnrolment, Passkey,
        PasskeyChange, PasskeyError, PersonStatus, Session, SessionLimits, SignInError,
        SignInRecord,
    },
    ids::{SessionId, UserHandle},
    names::Login,
    store::StoreError,
    time::Timestamp,
};

use super::signatures::passkey_of;
use crate::policy::{APPROVERS, ON_CALL};

/// Everybody.
#[derive(Default)]
pub(crate) struct People {
    ceremony: Mutex<Option<Ceremony>>,
}

impl People {
    /// The next touch ends this ceremony.
    pub(crate) fn expect(&self, ceremony: Ceremony) {
        *self.ceremony.lock().unwrap() = Some(ceremony);
    }
}

/// What carrying a request out never asks for.
fn unexpected<T>(call: &str) -> Result<T, StoreError> {
    Err(StoreError::Unavailable(format!("{call} is no part of the cluster contract")))
}

#[async_trait]
impl IdentityStore for People {
    async fn status(&self, _: &Login) -> Result<PersonStatus, StoreError> {
        Ok(PersonStatus::Open)
    }
    async fn passkey(&self, id: &CredentialId) -> Result<Option<Passkey>, StoreError> {
        let approver = APPROVERS.into_iter().find(|approver| id.0 == *approver);
        Ok(Some(passkey_of(approver.unwrap_or(ON_CALL))))
    }
    async fn note_use(&self, _: &Passkey) -> Result<(), StoreError> {
        Ok(())
    }
    async fn take_ceremony(&self, _: Digest, _: Timestamp) -> Result<Option<Ceremony>, StoreError> {
        Ok(self.ceremony.lock().unwrap().take())
    }

    async fn handle(&self, _: &Login, _: UserHandle) -> Result<UserHandle, StoreError> {
        unexpected("handle")
    }
    async fn login_of(&self, _: UserHandle) -> Result<Option<Login>, StoreError> {
        unexpected("login_of")
    }
    async fn lock(&self, _: &Login, _: Timestamp, _: EntryDraft) -> Result<Entry, StoreError> {
        unexpected("lock")
    }
    async fn depart(
        &self,
        _: &Login,
        _: Timestamp,
        _: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        unexpected("depart")
    }
    async fn known_people(&self) -> Result<Vec<Login>, StoreError> {
        unexpected("known_people")
    }
    async fn unlock(&self, _: &Login, _: EntryDraft) -> Result<Entry, StoreError> {
        unexpected("unlock")
    }
    async fn create_link(&self, _: EnrolmentLink, _: EntryDraft) -> Result<Entry, StoreError> {
        unexpected("create_link")
    }
    async fn link(&self, _: Digest, _: Timestamp) -> Result<Option<EnrolmentLink>, StoreError> {
        unexpected("link")
    }
    async fn enrol(&self, _: NewEnrolment) -> Result<Entry, EnrolError> {
        Ok(unexpected("enrol")?)
    }
    async fn passkeys(&self, _: &Login) -> Result<Vec<Passkey>, StoreError> {
        unexpected("passkeys")
    }
    async fn sign_in(&self, _: SignInRecord) -> Result<Entry, SignInError> {
        Ok(unexpected("sign_in")?)
    }
    async fn change_passkeys(
        &self,
        _: &Login,
        _: PasskeyChange,
        _: Option<Nonce>,
        _: EntryDraft,
    ) -> Result<Entry, PasskeyError> {
        Ok(unexpected("change_passkeys")?)
    }
    async fn begin_ceremony(&self, _: Ceremony) -> Result<(), StoreError> {
        unexpected("begin_ceremony")
    }
    async fn session(&self, _: SessionId) -> Result<Option<Session>, StoreError> {
        unexpected("session")
    }
    async fn touch(&self, _: SessionId, _: Timestamp) -> Result<(), StoreError> {
        unexpected("touch")
    }
    async fn sessions(&self, _: &Login) -> Result<Vec<Session>, StoreError> {
        unexpected("sessions")
    }
    async fn end_session(
        &self,
        _: &Login,
        _: SessionId,
        _: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        unexpected("end_session")
    }
    async fn end_sessions(&self, _: &Login, _: EntryDraft) -> Result<Entry, StoreError> {
        unexpected("end_sessions")
    }
    async fn forget_expired(&self, _: Timestamp, _: SessionLimits) -> Result<usize, StoreError> {
        unexpected("forget_expired")
    }
}
