//! Watching an executed request: how far it has come, told from what the watches see.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Execution, Follow, LastLines, Outcome, Replacement, Request, Said, StateName, Until, WavesSeen,
};
use crate::{
    access::Actor,
    console::Console,
    ids::RequestId,
    problem::Problem,
    resources::{Cluster, EventRow, Freshness, PodRow, ResourceCache, WorkloadRow, is_kept_by},
    tenants::TenantName,
};

/// How far a request has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub state: StateName,
    /// The milestones on its way, in order; none before the word was given.
    pub milestones: Vec<Reached>,
    /// The workload that it reaches.
    pub workload: Option<WorkloadSeen>,
    /// How far the pods that go in waves have come.
    pub waves: Option<WavesSeen>,
    /// The pods that came since the word was given, the troubled first.
    pub pods: Vec<PodSeen>,
    /// What the cluster reported about the target and these pods since then, newest first.
    pub events: Vec<EventRow>,
    /// The last lines of the first container that fails among these pods, as long as they are there.
    pub last_lines: Option<LastLines>,
    /// How it ended, once it did.
    pub outcome: Option<Outcome>,
    /// How old this is; absent once the request has ended, and where the person may no longer look.
    pub freshness: Option<Freshness>,
}

/// A milestone, and whether it is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Which.
    pub milestone: Milestone,
    /// Whether it was seen.
    pub seen: bool,
}

/// What is seen on the way of an executed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// The word was given.
    Ordered,
    /// The cluster accepted.
    Accepted,
    /// A pod ends, or is let go of.
    Ending,
    /// A new pod has a node.
    Scheduled,
    /// A new pod is ready.
    Ready,
    /// The outcome was seen.
    Ended,
}

/// A workload, as far as a rollout is told from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadSeen {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Replicas wanted.
    pub desired: u32,
    /// Replicas of the newest template.
    pub updated: u32,
    /// Replicas ready.
    pub ready: u32,
}

/// A new pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodSeen {
    /// Its name.
    pub name: String,
    /// Its status, as `kubectl` prints it.
    pub status: String,
    /// Whether it is ready.
    pub ready: bool,
}

/// The most pods and the most events that are told of.
const MOST: usize = 20;

impl Console {
    /// The tenant of a request that the person may see.
    pub async fn tenant_of(&self, actor: &Actor, id: RequestId) -> Result<TenantName, Problem> {
        Ok(self.visible_request(actor, id).await?.body.target.tenant())
    }

    /// How far a request has come, if the person may see it.
    pub async fn progress(&self, actor: &Actor, id: RequestId) -> Result<Progress, Problem> {
        let request = self.visible_request(actor, id).await?;
        // What happens there now is for whoever may see the tenant now, and only while the request is under way:
        // of what failed, its last lines.
        let tenant = self.visible_tenant(actor, &request.body.target.tenant()).await.ok();
        let cluster = tenant.map(|it| it.cluster);
        let last_lines = match &cluster {
            Some(cluster) => self.last_lines(actor, &request, cluster.as_ref()).await,
            None => None,
        };
        let cluster = cluster.filter(|_| !request.state.name().is_final());
        let visible = self.visible_of(actor, &request).await;
        let waves = cluster.as_deref().and_then(|cluster| {
            let name = cluster.name();
            self.waves_seen(cluster, &request, |pod| visible.contains(&pod.tenant(name)))
        });
        let outcome = request.state.outcome().cloned();
        let outcome = outcome.map(|it| it.seen_in(&request.body.target.cluster, &visible));
        Ok(Progress { waves, last_lines, outcome, ..Progress::of(&request, cluster.as_deref()) })
    }
}

impl Progress {
    fn of(request: &Request, cluster: Option<&dyn Cluster>) -> Self {
        let unseen = Self {
            state: request.state.name(),
            milestones: Vec::new(),
            workload: None,
            waves: None,
            pods: Vec::new(),
            events: Vec::new(),
            last_lines: None,
            outcome: request.state.outcome().cloned(),
            freshness: cluster.map(ResourceCache::freshness),
        };
        match (request.state.execution(), cluster) {
            (Some(execution), Some(cluster)) => unseen.seen(request, execution, cluster),
            _ => unseen,
        }
    }

    fn seen(self, request: &Request, execution: &Execution, cluster: &dyn Cluster) -> Self {
        let scene = Scene::of(request, execution, cluster);
        Self {
            milestones: scene.milestones(self.outcome.is_some()),
            workload: scene.workload.as_deref().map(WorkloadSeen::from),
            pods: scene.new.iter().take(MOST).map(|pod| PodSeen::from(pod.as_ref())).collect(),
            events: scene.events(cluster),
            ..self
        }
    }
}

/// The pods that came since the word was given, the troubled first.
pub(super) fn new_pods(
    request: &Request,
    execution: &Execution,
    cluster: &dyn Cluster,
) -> Vec<Arc<PodRow>> {
    Scene::of(request, execution, cluster).new
}

/// What is around the target of an execution.
struct Scene<'a> {
    request: &'a Request,
    execution: &'a Execution,
    workload: Option<Arc<WorkloadRow>>,
    /// The pods of the workload or controller that were there when the word was given.
    old: Vec<Arc<PodRow>>,
    /// Those that came since, the troubled first.
    new: Vec<Arc<PodRow>>,
}

impl<'a> Scene<'a> {
    fn of(request: &'a Request, execution: &'a Execution, cluster: &dyn Cluster) -> Self {
        let target = &request.body.target;
        let workloads = cluster.workloads(&target.namespace);
        let impact = request.preview.blast_radius.workload.as_ref();
        let workload = workloads.iter().find(|row| {
            row.uid == target.uid
                || impact.is_some_and(|it| {
                    it.kind == row.kind.to_string() && it.name == row.name.as_str()
                })
        });
        let keeper = match &request.preview.blast_radius.replacement {
            Some(Replacement::Controller { kind, name }) => Some((kind, name)),
            _ => None,
        };
        let is_old = |pod: &PodRow| execution.before.siblings.contains(&pod.uid);
        let belongs = |pod: &PodRow| {
            is_old(pod)
                || pod.owner.as_ref().is_some_and(|owner| {
                    // What a node owns are the mirrors of its own static pods.
                    (owner.uid == target.uid && !target.kind.is_cluster_wide())
                        || keeper == Some((&owner.kind, &owner.name))
                })
                || workload.is_some_and(|row| is_kept_by(pod, row, &workloads))
        };
        let pods = cluster.pods(&target.namespace);
        let (old, mut new): (Vec<_>, Vec<_>) =
            pods.into_iter().filter(|pod| belongs(pod)).partition(|pod| is_old(pod));
        new.sort_by_key(|pod| (!pod.is_failing(), pod.is_ready()));
        Self { request, execution, workload: workload.cloned(), old, new }
    }

    fn milestones(&self, ended: bool) -> Vec<Reached> {
        let way: &[Milestone] = match self.request.body.action.declaration().follow() {
            Follow::Replacement | Follow::Release | Follow::Rollout => &[
                Milestone::Ordered,
                Milestone::Accepted,
                Milestone::Ending,
                Milestone::Scheduled,
                Milestone::Ready,
                Milestone::Ended,
            ],
            Follow::Start => &[
                Milestone::Ordered,
                Milestone::Accepted,
                Milestone::Scheduled,
                Milestone::Ready,
                Milestone::Ended,
            ],
            Follow::Waves(Until::Replaced) => &[
                Milestone::Ordered,
                Milestone::Ending,
                Milestone::Scheduled,
                Milestone::Ready,
                Milestone::Ended,
            ],
            Follow::Waves(Until::Gone) => {
                &[Milestone::Ordered, Milestone::Accepted, Milestone::Ending, Milestone::Ended]
            }
            Follow::Replicas | Follow::Change | Follow::End => {
                &[Milestone::Ordered, Milestone::Accepted, Milestone::Ended]
            }
        };
        let seen = |milestone: Milestone| match milestone {
            Milestone::Ordered => true,
            Milestone::Accepted => self.execution.accepted.is_some(),
            Milestone::Ending => self.something_ends(),
            Milestone::Scheduled => self.new.iter().any(|pod| pod.node.is_some()),
            Milestone::Ready => self.new.iter().any(|pod| pod.is_ready() || pod.is_completed()),
            Milestone::Ended => ended,
        };
        way.iter().map(|it| Reached { milestone: *it, seen: seen(*it) }).collect()
    }

    fn something_ends(&self) -> bool {
        let said = self.execution.waves.iter().filter_map(|wave| wave.said.as_ref()).flatten();
        said.into_iter().any(|said| matches!(said, Said::Accepted { .. }))
            || self.old.len() < self.execution.before.siblings.len()
            || self.old.iter().any(|pod| pod.deleting_since.is_some() || pod.owner.is_none())
    }

    fn events(&self, cluster: &dyn Cluster) -> Vec<EventRow> {
        let target = &self.request.body.target;
        let uids = std::iter::once(target.uid.as_str())
            .chain(self.new.iter().take(MOST).map(|pod| pod.uid.as_str()));
        let mut events: Vec<_> = uids
            .flat_map(|uid| cluster.events(&target.namespace, uid))
            .filter(|event| event.last_at >= self.execution.intent.at)
            .map(|event| event.as_ref().clone())
            .collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.last_at));
        events.truncate(MOST);
        events
    }
}

impl From<&WorkloadRow> for WorkloadSeen {
    fn from(row: &WorkloadRow) -> Self {
        Self {
            kind: row.kind.to_string(),
            name: row.name.to_string(),
            desired: row.desired,
            updated: row.updated,
            ready: row.ready,
        }
    }
}

impl From<&PodRow> for PodSeen {
    fn from(pod: &PodRow) -> Self {
        Self {
            name: pod.name.to_string(),
            status: pod.status.clone(),
            ready: pod.is_ready() || pod.is_completed(),
        }
    }
}
