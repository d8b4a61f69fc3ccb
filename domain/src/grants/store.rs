//! The port that keeps grants. Each call is one atomic operation, entry included.

use async_trait::async_trait;

use super::{Grant, GrantStateName};
use crate::{
    actions::{CommitError, Decided},
    audit::{Entry, EntryDraft},
    ids::GrantId,
    names::Login,
    page::{Page, PageRequest},
    store::StoreError,
    tenants::TenantName,
    time::Timestamp,
};

/// One change of one grant, committed whole or not at all.
#[derive(Clone, Debug)]
pub struct GrantChange {
    /// The grant after the change; its version is one above the one it builds on (0 for a new one).
    pub grant: Grant,
    /// The entry that tells of it.
    pub entry: EntryDraft,
    /// Whose decision it is: must be neither locked nor under another policy when it commits.
    /// Absent for what happens by itself.
    pub decided: Option<Decided>,
}

impl GrantChange {
    /// A change that happens by itself.
    #[must_use]
    pub fn of(grant: Grant, entry: EntryDraft) -> Self {
        Self { grant, entry, decided: None }
    }
}

/// Which grants are wanted; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// In these states; all when empty.
    pub states: Vec<GrantStateName>,
    /// Of this person.
    pub holder: Option<Login>,
    /// In this tenant.
    pub tenant: Option<TenantName>,
    /// That end by themselves at this moment or before.
    pub ended_by: Option<Timestamp>,
}

impl GrantFilter {
    /// Everybody's that are in these states.
    #[must_use]
    pub fn that_are(states: &[GrantStateName]) -> Self {
        Self { states: states.to_vec(), ..Self::default() }
    }

    /// Somebody's in a tenant that are in these states.
    #[must_use]
    pub fn of(holder: &Login, tenant: &TenantName, states: &[GrantStateName]) -> Self {
        Self {
            holder: Some(holder.clone()),
            tenant: Some(tenant.clone()),
            ..Self::that_are(states)
        }
    }

    /// Whether a grant is among those that are wanted.
    #[must_use]
    pub fn admits(&self, grant: &Grant) -> bool {
        let ends = || grant.ends_at().is_some_and(|end| Some(end) <= self.ended_by);
        (self.states.is_empty() || self.states.contains(&grant.state.name()))
            && self.holder.as_ref().is_none_or(|holder| *holder == grant.body.holder)
            && self.tenant.as_ref().is_none_or(|tenant| *tenant == grant.body.tenant.name())
            && (self.ended_by.is_none() || ends())
    }
}

/// Keeps grants.
#[async_trait]
pub trait GrantStore: Send + Sync {
    /// Commits one change with its entry, if the grant stands at the version before it. One that opens a break-glass
    /// session commits the [review](crate::break_glass::Review::opened) that is owed from then on, too: the one is never
    /// without the other.
    async fn commit_grant(&self, change: GrantChange) -> Result<Entry, CommitError>;

    /// One grant.
    async fn grant(&self, id: GrantId) -> Result<Option<Grant>, StoreError>;

    /// Grants, newest first.
    async fn grants(
        &self,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<Grant>, StoreError>;
}
