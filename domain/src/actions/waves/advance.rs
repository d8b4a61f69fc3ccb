//! Sending the waves of executions, one after the other, and bringing to their end those that are through.
//!
//! Any number of replicas may call this at any time: a wave is a compare-and-set, and whoever commits its word sends it.
//! A console that is killed leaves a wave whose answers nobody wrote down; the next one waits until its deadline has
//! passed, looks at the pods, and goes on. A pod is named by its UID, so none is ever taken for its replacement.

use std::sync::Arc;

use futures::{StreamExt, future::join_all, stream};

use super::{Next, PodPin, Said, Wave, WavesSeen, WavesSight, end::standing_freeze};
use crate::{
    access::permit_execution,
    actions::{
        Change, CommitError, CommittedIntent, Decided, EffectError, Evictions, Execution, Intent,
        Limits, Request, RequestChange, RequestFilter, RequestState, StandsAs, StateName, Target,
        settings,
    },
    audit::EntryOutcome,
    console::Console,
    identity::PersonStatus,
    names::Login,
    policy::{Person, PolicySnapshot},
    problem::{Problem, ProblemCode},
    resources::{BudgetRow, Cluster, ClusterError, PodRow, WatchState, WorkloadRow},
};

/// How often answers are written down that somebody overtook.
const TRIES: u32 = 5;
/// What says that an execution was agreed to once, and is no more.
const LAPSED: [ProblemCode; 2] = [ProblemCode::ApprovalLapsed, ProblemCode::SessionOver];
/// How many executions are moved on at once.
const AT_ONCE: usize = 16;

impl Console {
    /// Moves every execution in waves on as far as it can be. Answers how many moved; the first trouble is told.
    pub async fn advance_waves(&self) -> Result<usize, Problem> {
        let executing =
            RequestFilter { states: vec![StateName::Executing], ..RequestFilter::default() };
        let requests = self.all(&executing).await?;
        let steps = requests.into_iter().map(|request| self.advance(request));
        let moved: Vec<_> = stream::iter(steps).buffer_unordered(AT_ONCE).collect().await;
        moved.into_iter().try_fold(0, |count, moved| Ok(count + usize::from(moved?)))
    }

    async fn advance(&self, request: Request) -> Result<bool, Problem> {
        let Some((execution, evictions)) = request.waves_under_way() else { return Ok(false) };
        let Some(cluster) = self.ports.clusters.cluster(&request.body.target.cluster) else {
            return Ok(false);
        };
        // Under the same name there may be another cluster by now.
        let is_it = cluster.uid().as_ref() == Some(&request.body.target.cluster_uid);
        if !is_it || cluster.freshness().watch != WatchState::Live {
            return Ok(false);
        }
        let scene = Scene::of(cluster.as_ref(), &request, evictions);
        match request.next_wave(execution, evictions, scene.sight(self)) {
            Next::Wait => Ok(false),
            Next::Unheard => {
                let lost = execution.waves.last().map_or(0, |wave| wave.pods.len());
                self.hear(request, vec![Said::Unheard; lost]).await
            }
            Next::Send(pods) => self.send_wave(cluster, request, pods).await,
            Next::End(verdict) => self.end_waves(cluster.as_ref(), request, verdict).await,
        }
    }

    /// Commits the word for a wave, sends it, and writes down what the cluster said.
    async fn send_wave(
        &self,
        cluster: Arc<dyn Cluster>,
        request: Request,
        pods: Vec<PodPin>,
    ) -> Result<bool, Problem> {
        let policy = self.policy();
        let Some((person, counted_on)) = self.who_goes_on(&policy, &request).await? else {
            return self.end_without_right(cluster.as_ref(), request).await;
        };
        let now = self.now();
        if let Some(freeze) = standing_freeze(&policy, &request, now) {
            return self.end_frozen(cluster.as_ref(), request, freeze).await;
        }
        let deadline = settings(&policy, request.body.action)?.execution_deadline;
        let requester = request.body.requester.clone();
        let request = request.send(pods, now, now.plus(deadline))?;
        let Some((execution, wave)) = request.last_wave() else { return Ok(false) };
        let (entry, others) = request.entries_of(wave, now, &requester, EntryOutcome::WaveIntended);
        let decided = Decided {
            by: requester,
            policy: policy.policy.digest,
            nonce: None,
            counted_on,
            session: request.body.session,
            limits: Limits::default(),
            stands_as: StandsAs::OwnDoing,
        };
        let change =
            RequestChange { request: request.clone(), entry, others, decided: Some(decided) };
        let entry = match self.ports.requests.commit(change).await {
            Ok(entry) => entry,
            // Somebody else sends it, or will; whoever was locked meanwhile is found so next time.
            Err(
                CommitError::Conflict
                | CommitError::PolicyMoved
                | CommitError::Locked
                | CommitError::ApproverLocked
                | CommitError::SessionOver,
            ) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let intent =
            Intent { at: wave.at, deadline: wave.deadline, settle_by: execution.intent.settle_by };
        let calls = wave.pods.iter().map(|pod| async {
            let permit = match permit_execution(&policy, &person, &request) {
                Ok(permit) => permit,
                Err(refusal) => return Said::Refused { message: refusal.to_string() },
            };
            let intent = CommittedIntent::to_evict(&request, pod, intent, &entry);
            cluster
                .evict(permit, intent, pod)
                .await
                .map_or_else(Said::from, |accepted| Said::Accepted { audit_id: accepted.audit_id })
        });
        let said = join_all(calls).await;
        self.hear(request, said).await
    }

    /// The requester and those whose approvals count, if all that was needed for the word is there still.
    async fn who_goes_on(
        &self,
        policy: &PolicySnapshot,
        request: &Request,
    ) -> Result<Option<(Arc<Person>, Vec<Login>)>, Problem> {
        let requester = &request.body.requester;
        let Some(person) = policy.policy.people.get(requester).cloned() else { return Ok(None) };
        let open = self.ports.identity.status(requester).await? == PersonStatus::Open;
        let allowed = permit_execution(policy, &person, request).is_ok()
            && settings(policy, request.body.action).is_ok();
        let needed = request.body.approvals_needed;
        match self.approvals_that_count(policy, request, needed).await {
            Ok(counted_on) if open && allowed => Ok(Some((person, counted_on))),
            Ok(_) => Ok(None),
            Err(problem) if LAPSED.contains(&problem.code) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Writes down what the cluster said to the last wave, though somebody may stop it meanwhile.
    async fn hear(&self, request: Request, said: Vec<Said>) -> Result<bool, Problem> {
        let id = request.body.id;
        let wave = request.last_wave().map(|(_, wave)| wave.at);
        let mut latest = Some(request);
        for _ in 0..TRIES {
            let Some(request) = latest.take() else { break };
            if request.last_wave().map(|(_, wave)| wave.at) != wave {
                break;
            }
            let Ok(request) = request.hear(said.clone()) else { break };
            if self.commit_answers(request).await? {
                return Ok(true);
            }
            latest = self.ports.requests.request(id).await?;
        }
        Ok(false)
    }

    async fn commit_answers(&self, request: Request) -> Result<bool, Problem> {
        let Some((_, wave)) = request.last_wave() else { return Ok(false) };
        let requester = &request.body.requester;
        let (entry, others) =
            request.entries_of(wave, self.now(), requester, EntryOutcome::WaveAnswered);
        self.commit_if_first(RequestChange { others, ..RequestChange::of(request, entry) }).await
    }

    /// How far the waves of an execution have come; by name only what holds back pods that may be told of.
    pub(in crate::actions) fn waves_seen(
        &self,
        cluster: &dyn Cluster,
        request: &Request,
        visible: impl Fn(&PodPin) -> bool,
    ) -> Option<WavesSeen> {
        let (execution, evictions) = request.waves_under_way()?;
        let scene = Scene::of(cluster, request, evictions);
        Some(WavesSeen::of(request, execution, evictions, scene.sight(self), visible))
    }
}

impl Request {
    /// What is under way, if it goes in waves and what comes before the first was accepted.
    pub(super) fn waves_under_way(&self) -> Option<(&Execution, &Evictions)> {
        let RequestState::Executing(execution) = &self.state else { return None };
        let Change::Evictions(evictions) = &execution.change else { return None };
        let begun = evictions.first.is_none() || execution.accepted.is_some();
        begun.then_some((execution, evictions))
    }

    fn last_wave(&self) -> Option<(&Execution, &Wave)> {
        let (execution, _) = self.waves_under_way()?;
        Some((execution, execution.waves.last()?))
    }
}

/// What the watches see in every namespace that an execution reaches.
pub(super) struct Scene {
    pods: Vec<Arc<PodRow>>,
    workloads: Vec<Arc<WorkloadRow>>,
    budgets: Vec<Arc<BudgetRow>>,
    prepared: Option<bool>,
}

impl Scene {
    pub(super) fn of(cluster: &dyn Cluster, request: &Request, evictions: &Evictions) -> Self {
        let mut namespaces: Vec<_> = evictions.pods.iter().map(|pod| &pod.namespace).collect();
        namespaces.push(&request.body.target.namespace);
        namespaces.sort();
        namespaces.dedup();
        Self {
            pods: namespaces.iter().flat_map(|it| cluster.pods(it)).collect(),
            workloads: namespaces.iter().flat_map(|it| cluster.workloads(it)).collect(),
            budgets: namespaces.iter().flat_map(|it| cluster.budgets(it)).collect(),
            prepared: evictions.first.as_ref().map(|_| is_cordoned(cluster, &request.body.target)),
        }
    }

    pub(super) fn sight(&self, console: &Console) -> WavesSight<'_> {
        WavesSight {
            pods: &self.pods,
            workloads: &self.workloads,
            budgets: &self.budgets,
            prepared: self.prepared,
            now: console.now(),
        }
    }
}

impl From<EffectError> for Said {
    fn from(error: EffectError) -> Self {
        match error {
            EffectError::Drifted => Self::Gone,
            EffectError::Budget { names, .. } => Self::Budget { names },
            EffectError::Refused(ClusterError::Refused { message }) => Self::Refused { message },
            EffectError::TooLate | EffectError::Refused(_) => Self::NotDelivered,
            EffectError::Unknown { .. } => Self::Unheard,
        }
    }
}

/// Whether the watches show the node as one that new pods are kept off.
fn is_cordoned(cluster: &dyn Cluster, node: &Target) -> bool {
    let nodes = cluster.nodes();
    // Of one that is gone there is nothing left to keep them off.
    nodes.iter().find(|row| row.uid == node.uid).is_none_or(|row| row.cordoned)
}
