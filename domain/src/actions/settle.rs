//! What happens to requests by themselves: they run out of time, and executions come to their end.
//!
//! Any number of replicas may call these at any time: each change is a compare-and-set.

use super::{
    ANSWER_MARGIN, Accepted, Change, CommitError, Evictions, Execution, Follow, Outcome, Reads,
    Request, RequestChange, RequestFilter, RequestState, Sight, Snapshot, StateName, TargetNow,
    TargetRef, Verdict, execute::acknowledged, holds,
};
use crate::{
    audit::EntryOutcome,
    console::Console,
    page,
    problem::Problem,
    resources::{ClusterError, WatchState},
    tally::Tally,
    time::Timestamp,
};

impl Console {
    /// Ends the requests whose time ran out. Answers how many. One whose end cannot be written keeps no other waiting; the
    /// first such problem is told.
    pub async fn expire_requests(&self) -> Result<usize, Problem> {
        let now = self.now();
        let due = RequestFilter {
            states: vec![StateName::Pending, StateName::Approved],
            ends_before: Some(now),
            ..RequestFilter::default()
        };
        let mut tally = Tally::default();
        for request in self.all(&due).await? {
            tally.add(self.expire_request(request, now).await);
        }
        tally.finish()
    }

    async fn expire_request(&self, request: Request, now: Timestamp) -> Result<bool, Problem> {
        let request = request.expire(now)?;
        let entry = request.entry_by_itself(now, EntryOutcome::Expired);
        self.commit_if_first(RequestChange::of(request, entry)).await
    }

    /// Brings executions to their end as far as it can be seen. Answers how many ended.
    ///
    /// An execution whose answer was lost (this or another replica was killed) is judged by the cluster
    /// itself once its deadline has passed; its outcome is never invented. What cannot be looked at (the cluster
    /// is gone, the requester may no longer look) is unknown in the end. One that cannot be settled keeps no
    /// other waiting; the first such problem is told.
    pub async fn settle_executions(&self) -> Result<usize, Problem> {
        let executing =
            RequestFilter { states: vec![StateName::Executing], ..RequestFilter::default() };
        let mut tally = Tally::default();
        for request in self.all(&executing).await? {
            let RequestState::Executing(execution) = &request.state else { continue };
            let verdict = match execution.accepted {
                Some(_) => self.observe_heard(&request, execution).await,
                None if execution.change.first_call().is_none() => None,
                None => match self.observe_unheard(&request, execution).await {
                    Ok(verdict) => verdict,
                    Err(problem) => {
                        tally.add(Err::<bool, _>(problem));
                        None
                    }
                },
            };
            let verdict = verdict.or_else(|| Request::give_up(execution, self.now()));
            if let Some(verdict) = verdict {
                tally.add(self.settle(request, verdict).await);
            }
        }
        tally.finish()
    }

    async fn observe_heard(&self, request: &Request, execution: &Execution) -> Option<Verdict> {
        let target = &request.body.target;
        let cluster = self.ports.clusters.cluster(&target.cluster)?;
        if cluster.freshness().watch != WatchState::Live {
            return None;
        }
        let object = match request.body.action.declaration().follow() {
            Follow::Change => self.target_itself(request).await?,
            _ => None,
        };
        let sight = Sight {
            pods: &cluster.pods(&target.namespace),
            workloads: &cluster.workloads(&target.namespace),
            object: object.as_ref(),
            now: self.now(),
        };
        request.observe(execution, sight)
    }

    /// The very target as it is now, or that it is there no more; `None` while that cannot be said.
    async fn target_itself(&self, request: &Request) -> Option<Option<serde_json::Value>> {
        let target = &request.body.target;
        match self.look_again(request, &target.to_ref()).await? {
            Ok(now) => Some((now.target.uid == target.uid).then_some(now.object)),
            Err(ClusterError::NotFound) => Some(None),
            Err(_) => None,
        }
    }

    async fn observe_unheard(
        &self,
        request: &Request,
        execution: &Execution,
    ) -> Result<Option<Verdict>, Problem> {
        if self.now() < execution.intent.deadline.plus(ANSWER_MARGIN) {
            return Ok(None);
        }
        let Some(now) = self.target_now(request, execution).await else { return Ok(None) };
        if now == TargetNow::Made {
            let at = self.now();
            let change = acknowledged(request.clone(), Accepted::default(), |request| {
                request.entry(at, &request.body.requester, EntryOutcome::Accepted)
            })?;
            self.commit_if_first(change).await?;
        }
        Ok(Request::observe_unheard(now))
    }

    /// What stands of the target; `None` while the cluster does not answer.
    async fn target_now(&self, request: &Request, execution: &Execution) -> Option<TargetNow> {
        let target = &request.body.target;
        let looked_at = match &execution.change {
            Change::Create { kind, object } => {
                let name = object["metadata"]["name"].as_str()?.parse().ok()?;
                TargetRef { kind: *kind, name, ..target.to_ref() }
            }
            _ => target.to_ref(),
        };
        let Some(found) = self.look_again(request, &looked_at).await else {
            return Some(TargetNow::OutOfSight);
        };
        match (&execution.change, found) {
            (Change::Create { object, .. }, Ok(now)) if is_ours(&now.object, object) => {
                Some(TargetNow::Made)
            }
            (Change::Create { .. }, Err(ClusterError::NotFound)) => Some(TargetNow::Untouched),
            // It is as it was to be made, and that was not all: whoever made it so, what comes next can go on.
            (Change::Evictions(Evictions { first: Some(patch), .. }), Ok(now))
                if now.target.uid == target.uid && holds(&now.object, patch) =>
            {
                Some(TargetNow::Made)
            }
            (Change::Evictions(_), Ok(now)) if now.target.uid == target.uid => {
                Some(TargetNow::Untouched)
            }
            // What a fingerprint leaves out, and no generation counts, may be as the patch wants it.
            (Change::Patch { patch, .. }, Ok(now))
                if now.target == *target
                    && !holds(&now.object, patch)
                    && now.object["metadata"]["generation"].as_i64()
                        == execution.before.generation =>
            {
                Some(TargetNow::Untouched)
            }
            (Change::Evict | Change::Delete { .. }, Ok(now))
                if now.target.uid == target.uid && !now.ending =>
            {
                Some(TargetNow::Untouched)
            }
            (_, Ok(_) | Err(ClusterError::NotFound)) => Some(TargetNow::Changed),
            (_, Err(_)) => None,
        }
    }

    /// An object as the requester sees it now; `None` where nobody is left who could look.
    async fn look_again(
        &self,
        request: &Request,
        target: &TargetRef,
    ) -> Option<Result<Snapshot, ClusterError>> {
        let cluster = self.ports.clusters.cluster(&target.cluster)?;
        let policy = self.policy();
        let requester = policy.policy.people.get(&request.body.requester)?;
        let user = requester.cluster_users.get(&target.cluster)?;
        Some(cluster.look_up(user, target, Reads::Target).await)
    }

    pub(super) async fn settle(&self, request: Request, verdict: Verdict) -> Result<bool, Problem> {
        let now = self.now();
        let requester = request.body.requester.clone();
        let outcome = Outcome { verdict, at: now };
        let request = request.settle(outcome.clone())?;
        let named = match outcome.verdict {
            Verdict::Succeeded { .. } => EntryOutcome::Succeeded,
            Verdict::Failed { .. } => EntryOutcome::Failed,
            Verdict::Unknown { .. } => EntryOutcome::Unknown,
        };
        let entry = request.entry(now, &requester, named).with_json("outcome", &outcome);
        self.commit_if_first(RequestChange::of(request, entry)).await
    }

    pub(super) async fn commit_if_first(&self, change: RequestChange) -> Result<bool, Problem> {
        match self.ports.requests.commit(change).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Every request that the filter finds, newest first.
    pub(crate) async fn all(&self, filter: &RequestFilter) -> Result<Vec<Request>, Problem> {
        let read = |page| async move { self.ports.requests.requests(filter, &page).await };
        Ok(page::all(read).await?)
    }
}

/// Whether an object is what a request was to make: of its owner, and marked as the request's.
fn is_ours(found: &serde_json::Value, sent: &serde_json::Value) -> bool {
    ["/metadata/annotations/sekisho.dev~1request", "/metadata/ownerReferences/0/uid"]
        .iter()
        .all(|mark| found.pointer(mark) == sent.pointer(mark))
}
