//! The port that keeps entries.

use async_trait::async_trait;

use super::{Entry, EntryAction, EntryDraft, EntryOutcome};
use crate::{
    ids::{GrantId, RequestId},
    names::Login,
    page::{Page, PageRequest},
    store::StoreError,
    tenants::TenantName,
    time::Timestamp,
};

/// Which entries are wanted; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// By this person.
    pub actor: Option<Login>,
    /// In this tenant.
    pub tenant: Option<TenantName>,
    /// About this.
    pub action: Option<EntryAction>,
    /// That ended so.
    pub outcome: Option<EntryOutcome>,
    /// Of this request.
    pub request: Option<RequestId>,
    /// Of this grant.
    pub grant: Option<GrantId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// Keeps entries. There is no way to change or remove one.
#[async_trait]
pub trait EntryStore: Send + Sync {
    /// Writes an entry by itself; entries that belong to a change are committed with it.
    async fn append(&self, draft: EntryDraft) -> Result<Entry, StoreError>;

    /// Entries, newest first.
    async fn entries(
        &self,
        filter: &EntryFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, StoreError>;
}
