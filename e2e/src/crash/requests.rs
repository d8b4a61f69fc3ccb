//! The store of requests, with the process dying before, during or after a commit.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use domain::{
    actions::{
        Around, CommitError, Neighbours, Request, RequestChange, RequestFilter, RequestStore,
    },
    audit::{Entry, EntryOutcome},
    ids::RequestId,
    page::{Page, PageRequest},
    store::StoreError,
};

use super::{CrashPoint, Trigger};

/// Stands before the real store.
pub(super) struct CrashingRequests {
    store: Arc<dyn RequestStore>,
    trigger: Arc<Trigger>,
    /// How long the last commit took: within that time the next one is raced.
    took: Mutex<Duration>,
}

impl CrashingRequests {
    pub(super) fn new(store: Arc<dyn RequestStore>, trigger: Arc<Trigger>) -> Self {
        Self { store, trigger, took: Mutex::default() }
    }

    fn took(&self) -> Duration {
        *self.took.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl RequestStore for CrashingRequests {
    async fn commit(&self, change: RequestChange) -> Result<Entry, CommitError> {
        let (id, outcome) = (change.request.body.id, change.entry.outcome);
        if let Some(point) = before(outcome) {
            self.trigger.pass(point, id);
        }
        let race = CrashPoint::DuringIntentCommit;
        if outcome == EntryOutcome::Intended {
            self.trigger.race(race, id, Duration::ZERO, self.took());
        }
        let began = Instant::now();
        let entry = self.store.commit(change).await?;
        *self.took.lock().unwrap_or_else(PoisonError::into_inner) = began.elapsed();
        if outcome == EntryOutcome::Intended {
            self.trigger.end_race(race, id);
        }
        if outcome == EntryOutcome::Requested {
            self.trigger.aim(id);
        }
        if let Some(point) = after(outcome) {
            self.trigger.pass(point, id);
        }
        Ok(entry)
    }

    async fn around(&self, around: Around<'_>) -> Result<Neighbours, StoreError> {
        self.store.around(around).await
    }

    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError> {
        self.store.request(id).await
    }

    async fn requests(
        &self,
        filter: &RequestFilter,
        page: &PageRequest,
    ) -> Result<Page<Request>, StoreError> {
        self.store.requests(filter, page).await
    }
}

fn before(outcome: EntryOutcome) -> Option<CrashPoint> {
    match outcome {
        EntryOutcome::Approved => Some(CrashPoint::BeforeApprovalCommit),
        EntryOutcome::Intended => Some(CrashPoint::BeforeIntentCommit),
        EntryOutcome::Succeeded | EntryOutcome::Failed | EntryOutcome::Unknown => {
            Some(CrashPoint::BeforeOutcomeCommit)
        }
        _ => None,
    }
}

fn after(outcome: EntryOutcome) -> Option<CrashPoint> {
    match outcome {
        EntryOutcome::Approved => Some(CrashPoint::AfterApprovalCommit),
        EntryOutcome::Intended => Some(CrashPoint::AfterIntentCommit),
        EntryOutcome::Accepted => Some(CrashPoint::AfterAcceptedCommit),
        EntryOutcome::WaveIntended => Some(CrashPoint::AfterWaveIntentCommit),
        EntryOutcome::Succeeded | EntryOutcome::Failed | EntryOutcome::Unknown => {
            Some(CrashPoint::AfterOutcomeCommit)
        }
        _ => None,
    }
}
