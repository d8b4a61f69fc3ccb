//! The port that keeps identities. Each call is one atomic operation, entries included.

use async_trait::async_trait;

use super::{Ceremony, CredentialId, EnrolmentLink, Passkey, Session, SessionLimits};
use crate::{
    actions::CommitError,
    approvals::Nonce,
    audit::{Entry, EntryDraft},
    canonical::Digest,
    ids::{SessionId, UserHandle},
    names::Login,
    store::StoreError,
    time::Timestamp,
};

/// Whether a person may come in, beside being listed in the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonStatus {
    /// They may.
    Open,
    /// They were locked.
    Locked {
        /// When.
        since: Timestamp,
    },
}

/// A first passkey, enrolled by a link.
#[derive(Clone, Debug)]
pub struct NewEnrolment {
    /// The link's digest; used up by this.
    pub link: Digest,
    /// The moment; the link must not have expired by then.
    pub now: Timestamp,
    /// The passkey.
    pub passkey: Passkey,
    /// The person's handle.
    pub handle: UserHandle,
    /// The session that opens with it.
    pub session: Session,
    /// What is written down.
    pub entry: EntryDraft,
}

/// A sign-in that succeeded.
#[derive(Clone, Debug)]
pub struct SignInRecord {
    /// The passkey after it was used.
    pub passkey: Passkey,
    /// The session that opens.
    pub session: Session,
    /// What is written down.
    pub entry: EntryDraft,
}

/// A change of a person's own passkeys.
#[derive(Clone, Debug)]
pub enum PasskeyChange {
    /// One more.
    Add(Box<Passkey>),
    /// One less.
    Remove(CredentialId),
}

/// Why an enrolment was not committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// The link is unknown, used or expired; it is not told which.
    #[error("the link is not valid")]
    LinkInvalid,
    /// The credential is enrolled already.
    #[error("this passkey is enrolled already")]
    AlreadyEnrolled,
    /// The person is locked.
    #[error("the person is locked")]
    Locked,
    /// What a recovery stands on does not hold any more.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a sign-in was not committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The person was locked meanwhile.
    #[error("the person is locked")]
    Locked,
    /// The passkey was removed meanwhile.
    #[error("this passkey is no longer enrolled")]
    PasskeyGone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a change of passkeys was not committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// It is the last one.
    #[error("the last passkey cannot be removed")]
    Last,
    /// The person has no such passkey.
    #[error("there is no such passkey")]
    Unknown,
    /// The credential is enrolled already.
    #[error("this passkey is enrolled already")]
    AlreadyEnrolled,
    /// The step-up was used already.
    #[error("the step-up was used already")]
    NonceSpent,
    /// The person was locked meanwhile.
    #[error("the person is locked")]
    Locked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps identities.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// The person's handle; `fresh` becomes it when there is none yet.
    async fn handle(&self, login: &Login, fresh: UserHandle) -> Result<UserHandle, StoreError>;
    /// Whose handle it is.
    async fn login_of(&self, handle: UserHandle) -> Result<Option<Login>, StoreError>;
    /// Whether a person may come in.
    async fn status(&self, login: &Login) -> Result<PersonStatus, StoreError>;
    /// Locks a person: their sessions end and their open requests are withdrawn, all at once.
    async fn lock(
        &self,
        login: &Login,
        now: Timestamp,
        entry: EntryDraft,
    ) -> Result<Entry, StoreError>;
    /// Ends the sessions of somebody whom the policy no longer lists and withdraws their open requests,
    /// all at once. Writes nothing when there was nothing to end.
    async fn depart(
        &self,
        login: &Login,
        now: Timestamp,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError>;
    /// Everyone who was ever given a handle.
    async fn known_people(&self) -> Result<Vec<Login>, StoreError>;
    /// Unlocks a person.
    async fn unlock(&self, login: &Login, entry: EntryDraft) -> Result<Entry, StoreError>;

    /// Keeps a link; earlier links of the same person are void.
    async fn create_link(
        &self,
        link: EnrolmentLink,
        entry: EntryDraft,
    ) -> Result<Entry, StoreError>;
    /// The link of that digest, if it can still be used at `now`.
    async fn link(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<EnrolmentLink>, StoreError>;
    /// Uses up a link: passkey, session and entry stand together or not at all.
    async fn enrol(&self, enrolment: NewEnrolment) -> Result<Entry, EnrolError>;

    /// A person's passkeys, oldest first.
    async fn passkeys(&self, login: &Login) -> Result<Vec<Passkey>, StoreError>;
    /// One passkey.
    async fn passkey(&self, id: &CredentialId) -> Result<Option<Passkey>, StoreError>;
    /// Notes that a passkey was used for a step-up: its record and last use.
    async fn note_use(&self, passkey: &Passkey) -> Result<(), StoreError>;
    /// Records a sign-in: passkey, session and entry stand together or not at all.
    async fn sign_in(&self, record: SignInRecord) -> Result<Entry, SignInError>;
    /// Changes a person's passkeys; consumes the nonce of their step-up. Never removes the last.
    async fn change_passkeys(
        &self,
        login: &Login,
        change: PasskeyChange,
        nonce: Option<Nonce>,
        entry: EntryDraft,
    ) -> Result<Entry, PasskeyError>;

    /// Keeps a ceremony; the nonce of the commitment that it [opens](super::CeremonyKind::opens) is kept
    /// until a decision consumes it or the commitment expires.
    async fn begin_ceremony(&self, ceremony: Ceremony) -> Result<(), StoreError>;
    /// Takes a ceremony away, so that it ends once; none when there is none that stands at `now`.
    async fn take_ceremony(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<Ceremony>, StoreError>;

    /// A session that was not ended; whether its time ran out is for the caller to judge.
    async fn session(&self, id: SessionId) -> Result<Option<Session>, StoreError>;
    /// Notes that a session was used.
    async fn touch(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError>;
    /// A person's sessions, newest first.
    async fn sessions(&self, login: &Login) -> Result<Vec<Session>, StoreError>;
    /// Ends one session of a person; none, and no entry, when they have no such session.
    async fn end_session(
        &self,
        login: &Login,
        id: SessionId,
        entry: EntryDraft,
    ) -> Result<Option<Entry>, StoreError>;
    /// Ends all sessions of a person.
    async fn end_sessions(&self, login: &Login, entry: EntryDraft) -> Result<Entry, StoreError>;

    /// Clears away ceremonies, nonces, links and sessions whose time ran out by `now`: nobody can use them any
    /// more, and none is evidence. How many went.
    async fn forget_expired(
        &self,
        now: Timestamp,
        limits: SessionLimits,
    ) -> Result<usize, StoreError>;
}
