//! Grants and entries in memory: a change counts only on the version it builds on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::{
    actions::CommitError,
    audit::Entry,
    grants::{Grant, GrantChange, GrantFilter, GrantStore},
    ids::GrantId,
    page::{Page, PageRequest},
    store::StoreError,
};

/// One shelf.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<(Vec<Grant>, u64)>);

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, (Vec<Grant>, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl GrantStore for Shelf {
    async fn commit_grant(&self, change: GrantChange) -> Result<Entry, CommitError> {
        let mut held = self.lock();
        let (grants, next) = &mut *held;
        let grant = change.grant;
        let before = grants.iter().position(|other| other.body.id == grant.body.id);
        let follows = match before {
            None => grant.version == 0,
            Some(at) => grants[at].version + 1 == grant.version,
        };
        if !follows {
            return Err(CommitError::Conflict);
        }
        match before {
            None => grants.push(grant),
            Some(at) => grants[at] = grant,
        }
        *next += 1;
        Ok(change.entry.at_sequence(*next - 1))
    }

    async fn grant(&self, id: GrantId) -> Result<Option<Grant>, StoreError> {
        Ok(self.lock().0.iter().find(|grant| grant.body.id == id).cloned())
    }

    async fn grants(
        &self,
        filter: &GrantFilter,
        _: &PageRequest,
    ) -> Result<Page<Grant>, StoreError> {
        let mut items = self.lock().0.clone();
        items.retain(|grant| filter.admits(grant));
        items.reverse();
        Ok(Page { items, next: None })
    }
}
