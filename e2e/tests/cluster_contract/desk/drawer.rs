//! Requests and entries in memory: a change counts only on the version it builds on.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use domain::{
    actions::{CommitError, Request, RequestChange, RequestFilter, RequestStore},
    audit::{Entry, EntryDraft, EntryFilter, EntryStore},
    ids::RequestId,
    page::{Page, PageRequest},
    store::StoreError,
};

/// One drawer.
#[derive(Default)]
pub(crate) struct Drawer {
    requests: Mutex<Vec<Request>>,
    entries: AtomicU64,
}

impl Drawer {
    pub(crate) fn put(&self, request: Request) {
        self.requests.lock().unwrap().push(request);
    }

    pub(crate) fn get(&self, id: RequestId) -> Option<Request> {
        self.requests.lock().unwrap().iter().find(|request| request.body.id == id).cloned()
    }

    fn write(&self, draft: EntryDraft) -> Entry {
        draft.at_sequence(self.entries.fetch_add(1, Ordering::SeqCst))
    }
}

#[async_trait]
impl RequestStore for Drawer {
    async fn commit(&self, change: RequestChange) -> Result<Entry, CommitError> {
        let mut requests = self.requests.lock().unwrap();
        let kept = requests
            .iter_mut()
            .find(|kept| kept.body.id == change.request.body.id)
            .filter(|kept| kept.version + 1 == change.request.version)
            .ok_or(CommitError::Conflict)?;
        *kept = change.request;
        Ok(self.write(change.entry))
    }

    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        Ok(self.get(id))
    }

    async fn requests(
        &self,
        _filter: &RequestFilter,
        _page: &PageRequest,
    ) -> Result<Page<Request>, StoreError> {
        Ok(Page { items: self.requests.lock().unwrap().clone(), next: None })
    }
}

#[async_trait]
impl EntryStore for Drawer {
    async fn append(&self, draft: EntryDraft) -> Result<Entry, StoreError> {
        Ok(self.write(draft))
    }

    async fn entries(
        &self,
        _filter: &EntryFilter,
        _page: &PageRequest,
    ) -> Result<Page<Entry>, StoreError> {
        Ok(Page { items: Vec::new(), next: None })
    }
}
