//! Grants, reviews, recoveries and entries in memory: a change counts only on the version it builds on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::{
    actions::CommitError,
    audit::{Entry, EntryDraft},
    break_glass::{
        ClosedAlone, Review, ReviewChange, ReviewFilter, ReviewStateName, ReviewStore, Step,
    },
    canonical::Digest,
    grants::{Grant, GrantChange, GrantFilter, GrantStore},
    identity::EnrolError,
    ids::{GrantId, RecoveryId},
    names::Login,
    page::{Page, PageRequest},
    recovery::{ComingBack, Recovery, RecoveryChange, RecoveryFilter, RecoveryStore},
    store::StoreError,
    time::Timestamp,
};

/// One shelf.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Shelved>);

#[derive(Debug, Default)]
struct Shelved {
    grants: Vec<Grant>,
    reviews: Vec<Review>,
    recoveries: Vec<Recovery>,
    next: u64,
}

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, Shelved> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelved {
    fn write(&mut self, draft: EntryDraft) -> Entry {
        self.next += 1;
        draft.at_sequence(self.next - 1)
    }

    fn is_live_alone(&self, other: &Review) -> bool {
        let stands = |it: &Review| it.is_alone() && !it.is_drill;
        let live = |it: &&Review| it.state.name() == ReviewStateName::Live && stands(it);
        self.reviews.iter().filter(live).any(|it| it.person == other.person)
    }
}

/// Puts what changed in the place of what it builds on, or at the end.
fn put<T>(kept: &mut Vec<T>, new: T, is_it: impl Fn(&T) -> bool, version: fn(&T) -> u64) -> bool {
    match kept.iter().position(is_it) {
        None if version(&new) == 0 => kept.push(new),
        Some(at) if version(&kept[at]) + 1 == version(&new) => kept[at] = new,
        _ => return false,
    }
    true
}

#[async_trait]
impl GrantStore for Shelf {
    async fn commit_grant(&self, change: GrantChange) -> Result<Entry, CommitError> {
        let mut shelved = self.lock();
        let GrantChange { grant, entry, .. } = change;
        let opens = Review::opened(&grant);
        let (first, step) = (grant.first_session(), Step::opened(&grant));
        if opens.as_ref().is_some_and(|review| review.is_alone() && shelved.is_live_alone(review)) {
            return Err(CommitError::AloneClosed(ClosedAlone::Live));
        }
        let id = grant.body.id;
        if !put(&mut shelved.grants, grant, |other| other.body.id == id, |it| it.version) {
            return Err(CommitError::Conflict);
        }
        shelved.reviews.extend(opens);
        if let Some(step) = step {
            let review = shelved.reviews.iter_mut().find(|review| review.session == first);
            let review = review.ok_or(CommitError::SessionOver)?;
            *review = review.clone().go_on(step).map_err(|_| CommitError::SessionOver)?;
        }
        Ok(shelved.write(entry))
    }

    async fn grant(&self, id: GrantId) -> Result<Option<Grant>, StoreError> {
        Ok(self.lock().grants.iter().find(|grant| grant.body.id == id).cloned())
    }

    async fn grants(
        &self,
        filter: &GrantFilter,
        _: &PageRequest,
    ) -> Result<Page<Grant>, StoreError> {
        let mut items = self.lock().grants.clone();
        items.retain(|grant| filter.admits(grant));
        items.reverse();
        Ok(Page { items, next: None })
    }
}

#[async_trait]
impl ReviewStore for Shelf {
    async fn commit_review(&self, change: ReviewChange) -> Result<Entry, CommitError> {
        let mut shelved = self.lock();
        let ReviewChange { review, entry, .. } = change;
        let id = review.session;
        if review.version == 0
            || !put(&mut shelved.reviews, review, |other| other.session == id, |it| it.version)
        {
            return Err(CommitError::Conflict);
        }
        Ok(shelved.write(entry))
    }

    async fn review(&self, session: GrantId) -> Result<Option<Review>, StoreError> {
        Ok(self.lock().reviews.iter().find(|review| review.session == session).cloned())
    }

    async fn reviews(
        &self,
        filter: &ReviewFilter,
        _: &PageRequest,
    ) -> Result<Page<Review>, StoreError> {
        let mut items = self.lock().reviews.clone();
        items.retain(|review| filter.admits(review));
        items.reverse();
        Ok(Page { items, next: None })
    }
}

#[async_trait]
impl RecoveryStore for Shelf {
    async fn commit_recovery(&self, change: RecoveryChange) -> Result<Entry, CommitError> {
        let mut shelved = self.lock();
        let RecoveryChange { recovery, entry, .. } = change;
        let id = recovery.body.id;
        let is_second = recovery.is_under_way()
            && shelved.recoveries.iter().any(|other| {
                other.body.id != id
                    && other.body.person == recovery.body.person
                    && other.is_under_way()
            });
        if is_second
            || !put(&mut shelved.recoveries, recovery, |other| other.body.id == id, |it| it.version)
        {
            return Err(CommitError::Conflict);
        }
        Ok(shelved.write(entry))
    }

    async fn come_back(&self, back: ComingBack) -> Result<Entry, EnrolError> {
        Ok(self.commit_recovery(back.change).await?)
    }

    async fn recovery(&self, id: RecoveryId) -> Result<Option<Recovery>, StoreError> {
        Ok(self.lock().recoveries.iter().find(|recovery| recovery.body.id == id).cloned())
    }

    async fn recovery_by_link(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> Result<Option<Recovery>, StoreError> {
        let shelved = self.lock();
        let is_it =
            |it: &&Recovery| it.link() == Some(digest) && it.ends_at().is_some_and(|end| now < end);
        Ok(shelved.recoveries.iter().find(is_it).cloned())
    }

    async fn recovered_at(&self, login: &Login) -> Result<Option<Timestamp>, StoreError> {
        let shelved = self.lock();
        let theirs = shelved.recoveries.iter().filter(|it| it.body.person == *login);
        Ok(theirs.filter_map(|it| it.state.enrolment().map(|enrolment| enrolment.at)).max())
    }

    async fn recoveries(
        &self,
        filter: &RecoveryFilter,
        _: &PageRequest,
    ) -> Result<Page<Recovery>, StoreError> {
        let mut items = self.lock().recoveries.clone();
        items.retain(|recovery| filter.admits(recovery));
        items.reverse();
        Ok(Page { items, next: None })
    }
}
