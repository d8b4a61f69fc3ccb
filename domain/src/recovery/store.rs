//! The port that keeps recoveries. Each call is one atomic operation, entries included.

use async_trait::async_trait;

use super::{Recovery, RecoveryStateName};
use crate::{
    actions::{CommitError, Decided},
    audit::{Entry, EntryDraft},
    canonical::Digest,
    identity::{EnrolError, Passkey, Session},
    ids::{RecoveryId, UserHandle},
    names::Login,
    page::{Page, PageRequest},
    store::StoreError,
    time::Timestamp,
};

/// One change of one recovery, committed whole or not at all.
#[derive(Clone, Debug)]
pub struct RecoveryChange {
    /// The recovery after the change; its version is one above the one it builds on (0 for a new one).
    pub recovery: Recovery,
    /// The entry that tells of it.
    pub entry: EntryDraft,
    /// Whose decision it is: must be neither locked nor under another policy when it commits.
    /// Absent for what happens by itself, and for whoever stops one.
    pub decided: Option<Decided>,
}

impl RecoveryChange {
    /// A change that nobody decided.
    #[must_use]
    pub fn of(recovery: Recovery, entry: EntryDraft) -> Self {
        Self { recovery, entry, decided: None }
    }
}

/// Somebody comes in again.
#[derive(Clone, Debug)]
pub struct ComingBack {
    /// The recovery, enrolled from now on.
    pub change: RecoveryChange,
    /// The passkey that takes the place of all that they had.
    pub passkey: Passkey,
    /// The person's handle.
    pub handle: UserHandle,
    /// The session that takes the place of all that they had.
    pub session: Session,
}

/// Which recoveries are wanted; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecoveryFilter {
    /// In these states; all when empty.
    pub states: Vec<RecoveryStateName>,
    /// Of this person.
    pub person: Option<Login>,
}

impl RecoveryFilter {
    /// Whether a recovery is among those that are wanted.
    #[must_use]
    pub fn admits(&self, recovery: &Recovery) -> bool {
        (self.states.is_empty() || self.states.contains(&recovery.state.name()))
            && self.person.as_ref().is_none_or(|person| *person == recovery.body.person)
    }
}

/// Keeps recoveries.
#[async_trait]
pub trait RecoveryStore: Send + Sync {
    /// Commits one change with its entry, if the recovery stands at the version before it. No two recoveries of one
    /// person are under way at once.
    async fn commit_recovery(&self, change: RecoveryChange) -> Result<Entry, CommitError>;

    /// Lets somebody in again: all their passkeys but the new one are gone, and so are their sessions, links and
    /// whatever they were in the middle of signing. All of it stands together or not at all; not if they have other
    /// passkeys by now than those that the recovery says are removed.
    async fn come_back(&self, back: ComingBack) -> Result<Entry, EnrolError>;

    /// One recovery.
    async fn recovery(&self, id: RecoveryId) -> Result<Option<Recovery>, StoreError>;

    /// The recovery whose link has that digest, if it can still be used at `now`.
    async fn recovery_by_link(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<Recovery>, StoreError>;

    /// When a person was recovered last.
    async fn recovered_at(&self, login: &Login) -> Result<Option<Timestamp>, StoreError>;

    /// Recoveries, newest first.
    async fn recoveries(
        &self,
        filter: &RecoveryFilter,
        page: &PageRequest,
    ) -> Result<Page<Recovery>, StoreError>;
}
