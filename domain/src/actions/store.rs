//! The port that keeps requests. Each call is one atomic operation, entry included.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::{Neighbours, Request, StateName, Target, WorkloadImpact};
use crate::{
    approvals::Nonce,
    audit::{Entry, EntryDraft},
    break_glass::ClosedAlone,
    ids::{GrantId, RequestId},
    names::Login,
    page::{Page, PageRequest},
    policy::PolicyDigest,
    store::StoreError,
    tenants::TenantName,
    time::Timestamp,
};

/// One change of one request, committed whole or not at all.
#[derive(Clone, Debug)]
pub struct RequestChange {
    /// The request after the change; its version is one above the one it builds on (0 for a new one).
    pub request: Request,
    /// The entry that tells of it.
    pub entry: EntryDraft,
    /// Entries of the other tenants that it reaches.
    pub others: Vec<EntryDraft>,
    /// Whose decision it is: must be neither locked nor under another policy when it commits.
    /// Absent for what happens by itself (expiry, drift, outcomes).
    pub decided: Option<Decided>,
}

impl RequestChange {
    /// A change that happens by itself, told by one entry.
    #[must_use]
    pub fn of(request: Request, entry: EntryDraft) -> Self {
        Self { request, entry, others: Vec::new(), decided: None }
    }
}

/// Under what a decision was taken; checked again inside the transaction.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Who decided.
    pub by: Login,
    /// The policy by which they might.
    pub policy: PolicyDigest,
    /// The nonce of their step-up, consumed here; absent where no touch is needed.
    pub nonce: Option<Nonce>,
    /// Those whose approvals are counted on; none of them may be locked, or was recovered lately.
    pub counted_on: Vec<Login>,
    /// The break-glass session that stands for approvals; it must be live still.
    pub session: Option<GrantId>,
    /// What must hold of other executions, however close they come.
    pub limits: Limits,
    /// As what it counts.
    pub stands_as: StandsAs,
}

/// As what a decision counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandsAs {
    /// As what somebody does themself, refuses or stops.
    OwnDoing,
    /// As somebody's agreement to what another does: that of nobody who was recovered lately.
    Agreement,
}

/// Guard rails about other executions. They are judged once more where nothing can come between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The tenant was acted on fewer times than this after that moment.
    pub rate: Option<(u32, Timestamp)>,
    /// The target was not acted on after that moment.
    pub untouched_since: Option<Timestamp>,
}

/// Why a change was not committed. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Somebody else changed the request first.
    #[error("the request was changed meanwhile")]
    Conflict,
    /// The step-up was used already, or its time ran out.
    #[error("the step-up was used already or ran out")]
    NonceSpent,
    /// The person was locked meanwhile.
    #[error("the person is locked")]
    Locked,
    /// Somebody whose approval was counted on was locked meanwhile.
    #[error("somebody whose approval was counted on is locked")]
    ApproverLocked,
    /// Another request is being carried out on the same target.
    #[error("another request is being carried out on the same target")]
    TargetBusy,
    /// Another execution came between, so that a guard rail stands against this one.
    #[error("another execution came between, so that a guard rail stands against this one")]
    Overtaken,
    /// Another policy is in force than the one decided by.
    #[error("another policy is in force")]
    PolicyMoved,
    /// Opening alone is closed to the person by now.
    #[error("opening alone is closed to the person: {}", .0.as_str())]
    AloneClosed(ClosedAlone),
    /// The person was recovered lately, and agrees to nothing.
    #[error("the person was recovered lately: they agree to nothing until {until}")]
    RecoveredLately {
        /// Until when.
        until: Timestamp,
    },
    /// The break-glass session that stands for approvals is over.
    #[error("the break-glass session is over")]
    SessionOver,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which requests are wanted; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// In these states; all when empty.
    pub states: Vec<StateName>,
    /// By this person.
    pub requester: Option<Login>,
    /// In this tenant.
    pub tenant: Option<TenantName>,
    /// That end by themselves before this moment.
    pub ends_before: Option<Timestamp>,
    /// That somebody may see.
    pub seen_by: Option<SeenBy>,
}

/// Which requests somebody may see. What they may not see never leaves the store, its place in the list included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenBy {
    /// Their own, wherever it is.
    pub requester: Login,
    /// And those of these tenants.
    pub tenants: BTreeSet<TenantName>,
}

impl SeenBy {
    /// Whether this request is among them.
    #[must_use]
    pub fn includes(&self, request: &Request) -> bool {
        request.body.requester == self.requester
            || self.tenants.contains(&request.body.target.tenant())
    }
}

/// Around which target to look, and since when to count.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The target.
    pub target: &'a Target,
    /// The workload that an action on it reaches.
    pub workload: Option<&'a WorkloadImpact>,
    /// How often its tenant was acted on is counted since then.
    pub since: Timestamp,
}

impl Around<'_> {
    /// Whether a request on another target in the same tenant reaches the same workload.
    #[must_use]
    pub fn is_near(&self, request: &Request) -> bool {
        let reached = request.preview.blast_radius.workload.as_ref();
        let is_other = request.body.target.uid != self.target.uid;
        is_other
            && request.body.target.tenant() == self.target.tenant()
            && self.workload.zip(reached).is_some_and(|(ours, theirs)| {
                (&ours.kind, &ours.name) == (&theirs.kind, &theirs.name)
            })
    }
}

/// Keeps requests.
#[async_trait]
pub trait RequestStore: Send + Sync {
    /// Commits one change with its entry, if the request stands at the version before it. No two requests are
    /// executing on the same target at once.
    async fn commit(&self, change: RequestChange) -> Result<Entry, CommitError>;

    /// What else is asked for and was done around a target.
    async fn around(&self, around: Around<'_>) -> Result<Neighbours, StoreError>;

    /// One request.
    async fn request(&self, id: RequestId) -> Result<Option<Request>, StoreError>;

    /// Requests, newest first.
    async fn requests(
        &self,
        filter: &RequestFilter,
        page: &PageRequest,
    ) -> Result<Page<Request>, StoreError>;
}
