//! The port that keeps reviews. They begin with the [change of the grant](crate::grants::GrantChange) that opens a session.

use async_trait::async_trait;

use super::{Review, ReviewStateName};
use crate::{
    actions::{CommitError, Decided},
    audit::{Entry, EntryDraft},
    ids::GrantId,
    names::Login,
    page::{Page, PageRequest},
    store::StoreError,
};

/// One change of one review, committed whole or not at all.
#[derive(Clone, Debug)]
pub struct ReviewChange {
    /// The review after the change; its version is one above the one it builds on.
    pub review: Review,
    /// The entry that tells of it.
    pub entry: EntryDraft,
    /// Whose decision it is: must be neither locked nor under another policy when it commits.
    /// Absent for what happens by itself, and for what people say of their own.
    pub decided: Option<Decided>,
}

impl ReviewChange {
    /// A change that nobody decided.
    #[must_use]
    pub fn of(review: Review, entry: EntryDraft) -> Self {
        Self { review, entry, decided: None }
    }
}

/// Which reviews are wanted; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// In these states; all when empty.
    pub states: Vec<ReviewStateName>,
    /// Of this person's sessions.
    pub person: Option<Login>,
    /// Of this incident, as [`Review::incident_key`] writes it.
    pub incident: Option<String>,
}

impl ReviewFilter {
    /// Whether a review is among those that are wanted.
    #[must_use]
    pub fn admits(&self, review: &Review) -> bool {
        (self.states.is_empty() || self.states.contains(&review.state.name()))
            && self.person.as_ref().is_none_or(|person| *person == review.person)
            && self.incident.as_ref().is_none_or(|incident| *incident == review.incident_key())
    }
}

/// Keeps reviews.
#[async_trait]
pub trait ReviewStore: Send + Sync {
    /// Commits one change with its entry, if the review stands at the version before it.
    async fn commit_review(&self, change: ReviewChange) -> Result<Entry, CommitError>;

    /// The review of a session, once it was opened.
    async fn review(&self, session: GrantId) -> Result<Option<Review>, StoreError>;

    /// Reviews, those of the newest sessions first.
    async fn reviews(
        &self,
        filter: &ReviewFilter,
        page: &PageRequest,
    ) -> Result<Page<Review>, StoreError>;
}
