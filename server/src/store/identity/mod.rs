//! Identities in the database: each operation of the port is one transaction, entries included.

pub(super) mod ceremonies;
mod enrol;
pub(super) mod expired;
pub(super) mod links;
pub(super) mod passkeys;
pub(super) mod people;
pub(super) mod sessions;

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

use super::Store;

#[async_trait]
impl IdentityStore for Store {
    async fn handle(&self, login: &Login, fresh: UserHandle) -> Result<UserHandle, StoreError> {
        let mut writing = self.write().await?;
        let handle = people::handle(&mut writing, login, fresh).await?;
        writing.commit().await?;
        Ok(handle)
    }

    async fn login_of(&self, handle: UserHandle) -> Result<Option<Login>, StoreError> {
        people::login_of(&mut self.read().await?, handle).await
    }

    async fn status(&self, login: &Login) -> Result<PersonStatus, StoreError> {
        people::status(&mut self.read().await?, login).await
    }

    async fn lock(
        &self,
        login: &Login,
        now: Timestamp,
        entry: EntryDraft,
    ) -> Result<Entry, StoreError> {
        let mut recording = self.record().await?;
        let entry = people::lock(&mut recording, login, now, entry).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn depart(
        &self,
        login: &Login,
        now: Timestamp,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        let mut recording = self.record().await?;
        let entry = people::depart(&mut recording, login, now, entry).await?;
        if entry.is_some() {
            recording.commit().await?;
        }
        Ok(entry)
    }

    async fn known_people(&self) -> Result<Vec<Login>, StoreError> {
        people::known(&mut self.read().await?).await
    }

    async fn unlock(&self, login: &Login, entry: EntryDraft) -> Result<Entry, StoreError> {
        let mut recording = self.record().await?;
        people::unlock(&mut recording, login).await?;
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn create_link(
        &self,
        link: EnrolmentLink,
        entry: EntryDraft,
    ) -> Result<Entry, StoreError> {
        let mut recording = self.record().await?;
        links::create(&mut recording, &link).await?;
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn link(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<EnrolmentLink>, StoreError> {
        links::standing(&mut self.read().await?, digest, now).await
    }

    async fn enrol(&self, enrolment: NewEnrolment) -> Result<Entry, EnrolError> {
        let mut recording = self.record().await?;
        let entry = enrol::enrol(&mut recording, enrolment).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn passkeys(&self, login: &Login) -> Result<Vec<Passkey>, StoreError> {
        passkeys::of(&mut self.read().await?, login).await
    }

    async fn passkey(&self, id: &CredentialId) -> Result<Option<Passkey>, StoreError> {
        passkeys::one(&mut self.read().await?, id).await
    }

    async fn note_use(&self, passkey: &Passkey) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        passkeys::note_use(&mut writing, passkey).await?;
        writing.commit().await
    }

    async fn sign_in(&self, record: SignInRecord) -> Result<Entry, SignInError> {
        let mut recording = self.record().await?;
        let entry = enrol::sign_in(&mut recording, record).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn change_passkeys(
        &self,
        login: &Login,
        change: PasskeyChange,
        nonce: Option<Nonce>,
        entry: EntryDraft,
    ) -> Result<Entry, PasskeyError> {
        let mut recording = self.record().await?;
        if people::is_locked(&mut recording, login).await? {
            return Err(PasskeyError::Locked);
        }
        if let Some(nonce) = nonce
            && !ceremonies::consume(&mut recording, nonce, login, entry.at).await?
        {
            return Err(PasskeyError::NonceSpent);
        }
        passkeys::change(&mut recording, login, change).await?;
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn begin_ceremony(&self, ceremony: Ceremony) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        ceremonies::begin(&mut writing, &ceremony).await?;
        writing.commit().await
    }

    async fn take_ceremony(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<Ceremony>, StoreError> {
        let mut writing = self.write().await?;
        let ceremony = ceremonies::take(&mut writing, digest).await?;
        writing.commit().await?;
        Ok(ceremony.filter(|ceremony| now < ceremony.expires_at))
    }

    async fn session(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        sessions::one(&mut self.read().await?, id).await
    }

    async fn touch(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        sessions::touch(&mut writing, id, now).await?;
        writing.commit().await
    }

    async fn sessions(&self, login: &Login) -> Result<Vec<Session>, StoreError> {
        sessions::of(&mut self.read().await?, login).await
    }

    async fn end_session(
        &self,
        login: &Login,
        id: SessionId,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError> {
        let mut recording = self.record().await?;
        if sessions::end(&mut recording, login, id).await? == 0 {
            return Ok(None);
        }
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(Some(entry))
    }

    async fn end_sessions(&self, login: &Login, entry: EntryDraft) -> Result<Entry, StoreError> {
        let mut recording = self.record().await?;
        sessions::end_all(&mut recording, login).await?;
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(entry)
    }

    async fn forget_expired(
        &self,
        now: Timestamp,
        limits: SessionLimits,
    ) -> Result<usize, StoreError> {
        let mut writing = self.write().await?;
        let gone = expired::forget(&mut writing, now, limits).await?;
        writing.commit().await?;
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}
