//! Requests and entries in memory: a change counts only on the version it builds on, and one at a time is executing on
//! a target.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use domain::{
    actions::{
        Around, CommitError, Neighbour, Neighbours, Request, RequestChange, RequestFilter,
        RequestStore, StateName, Target,
    },
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
    pub(crate) fn get(&self, id: RequestId) -> Option<Request> {
        self.lock().iter().find(|request| request.body.id == id).cloned()
    }

    /// Changes a request past everybody: what is on paper needs no console.
    pub(crate) fn write_on(&self, id: RequestId, change: impl FnOnce(Request) -> Request) {
        let mut requests = self.lock();
        let kept = requests.iter_mut().find(|request| request.body.id == id).unwrap();
        *kept = change(kept.clone());
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, draft: EntryDraft) -> Entry {
        draft.at_sequence(self.entries.fetch_add(1, Ordering::SeqCst))
    }
}

fn is_same(one: &Target, other: &Target) -> bool {
    one.cluster_uid == other.cluster_uid && one.uid == other.uid
}

fn put(requests: &mut Vec<Request>, request: Request) -> Result<(), CommitError> {
    let is_executing = |other: &Request| other.state.name() == StateName::Executing;
    let id = request.body.id;
    let busy = is_executing(&request)
        && requests.iter().any(|other| {
            other.body.id != id
                && is_executing(other)
                && is_same(&other.body.target, &request.body.target)
        });
    if busy {
        return Err(CommitError::TargetBusy);
    }
    match requests.iter_mut().find(|kept| kept.body.id == id) {
        None if request.version == 0 => requests.push(request),
        Some(kept) if kept.version + 1 == request.version => *kept = request,
        _ => return Err(CommitError::Conflict),
    }
    Ok(())
}

#[async_trait]
impl RequestStore for Drawer {
    async fn commit(&self, change: RequestChange) -> Result<Entry, CommitError> {
        put(&mut self.lock(), change.request)?;
        Ok(self.note(change.entry))
    }

    async fn around(&self, around: Around<'_>) -> Result<Neighbours, StoreError> {
        let requests = self.lock();
        let there = || requests.iter().filter(|it| is_same(&it.body.target, around.target));
        let neighbours = || there().map(Neighbour::from);
        let near = requests.iter().filter(|it| around.is_near(it)).map(Neighbour::from);
        Ok(Neighbours {
            open: neighbours().chain(near).filter(|it| !it.state.is_final()).collect(),
            last: neighbours().max_by_key(|neighbour| neighbour.acted_at),
            acted_on_tenant: 0,
        })
    }

    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        Ok(self.get(id))
    }

    async fn requests(
        &self,
        filter: &RequestFilter,
        _page: &PageRequest,
    ) -> Result<Page<Request>, StoreError> {
        let requests = self.lock();
        let found = requests.iter().filter(|it| filter.states.contains(&it.state.name()));
        Ok(Page { items: found.cloned().collect(), next: None })
    }
}

#[async_trait]
impl EntryStore for Drawer {
    async fn append(&self, draft: EntryDraft) -> Result<Entry, StoreError> {
        Ok(self.note(draft))
    }

    async fn entries(
        &self,
        _filter: &EntryFilter,
        _page: &PageRequest,
    ) -> Result<Page<Entry>, StoreError> {
        Ok(Page { items: Vec::new(), next: None })
    }
}
