//! What was found of an execution that did not come to what was wanted: codes, so that each language has its words.

use serde::{Deserialize, Serialize};

use super::Target;
use crate::{
    names::{Login, Namespace, ObjectName},
    resources::PodRow,
};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// The target was no longer what was approved.
    #[error("the target was no longer what was approved")]
    Drifted,
    /// The deadline passed before the call could be sent.
    #[error("the deadline passed before the call was sent")]
    TooLate,
    /// Disruption budgets had no room.
    #[error("disruption budgets refused ({}): {message}", .names.join(", "))]
    Budget {
        /// The budgets.
        names: Vec<String>,
        /// The cluster's own words.
        message: String,
    },
    /// The cluster refused.
    #[error("the cluster refused: {message}")]
    Refused {
        /// Its own words.
        message: String,
    },
    /// The cluster was not reached, or answered what makes no sense.
    #[error("the cluster was not reached: {message}")]
    NotReached {
        /// How that showed.
        message: String,
    },
    /// The call did not reach the cluster: the target stands as it was.
    #[error("the call did not reach the cluster before its deadline")]
    NotDelivered,
    /// The pod did not end in time.
    #[error("the pod did not end in time")]
    PodStays,
    /// Its controller did not let go of the pod in time.
    #[error("its controller did not let go of the pod in time")]
    NotReleased,
    /// No pod took its place in time.
    #[error("{kind} {name} made no replacement in time")]
    NoReplacement {
        /// The kind of the controller.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A new pod does not run.
    #[error("the new pod {pod} is {status}")]
    PodBroken {
        /// The pod.
        pod: String,
        /// Its status, as `kubectl` prints it.
        status: String,
    },
    /// A new pod was not ready in time.
    #[error("the new pod {pod} was not ready in time: {status}")]
    PodLate {
        /// The pod.
        pod: String,
        /// Its status, as `kubectl` prints it.
        status: String,
    },
    /// The cluster gave the rollout up.
    #[error("the rollout is stuck: {message}")]
    RolloutStuck {
        /// The cluster's own words.
        message: String,
    },
    /// The rollout did not end in time.
    #[error("{ready} of {desired} replicas were new and ready in time")]
    RolloutLate {
        /// New and ready replicas.
        ready: u32,
        /// Wanted replicas.
        desired: u32,
    },
    /// Something else, an autoscaler perhaps, asks for another number of replicas.
    #[error("{found} replicas are asked for, not {wanted}")]
    OtherReplicas {
        /// What was asked for.
        wanted: u32,
        /// What the workload asks for now.
        found: u32,
    },
    /// What was changed was changed back, or by somebody else.
    #[error("the object is not as it was made")]
    Overwritten,
    /// What was made or changed is gone.
    #[error("{kind} {name} is gone")]
    Gone {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
    },
    /// The job failed.
    #[error("the job {name} failed")]
    JobFailed {
        /// Its name.
        name: String,
    },
    /// It was not seen in time.
    #[error("it was not seen in time")]
    NotSeen,
    /// The target changed, and the answer that would tell whether this request did it was lost.
    #[error(
        "the target changed, and the answer that would tell whether this request did it was lost"
    )]
    AnswerLost,
    /// Nobody is left who could look at the target.
    #[error("nobody is left who could look at the target")]
    OutOfSight,
    /// Pods that were to go are there still.
    #[error("{} pods are there still: {}", .pods.len() + *.unseen as usize, told(.pods))]
    PodsStay {
        /// Those of tenants that the person may see.
        pods: Vec<PodStays>,
        /// How many others there are.
        unseen: u32,
    },
    /// The cluster refused to let a pod go.
    #[error("the cluster refused to evict a pod: {message}")]
    PodRefused {
        /// Its namespace; absent where the person may not see it.
        namespace: Option<Namespace>,
        /// The cluster's own words; empty where the person may not see the pod.
        message: String,
    },
    /// Somebody stopped it before all was done.
    #[error("{by} stopped it")]
    Stopped {
        /// Who.
        by: Login,
    },
    /// Somebody stopped watching it; what was ordered goes on.
    #[error("{by} stopped watching it")]
    Unwatched {
        /// Who.
        by: Login,
    },
    /// Whoever asked for it, or somebody whose approval counted, may no longer.
    #[error("whoever asked for it or approved it may no longer")]
    RightLost,
    /// The job was made, and none of its pods ran in time; one may yet.
    #[error("the job {name} was made, and did not run in time")]
    JobLate {
        /// The job.
        name: String,
        /// The status of its pod; absent where it has none.
        status: Option<String>,
    },
    /// A time began in which nothing is to be changed.
    #[error("the freeze {name} began")]
    Frozen {
        /// What it is called.
        name: String,
    },
    /// The cluster could not be asked in time.
    #[error("the cluster could not be asked in time what became of the target")]
    NeverAsked,
}

/// A pod that was to go and is there still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodStays {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The disruption budgets that hold it back.
    pub budgets: Vec<String>,
}

fn told(pods: &[PodStays]) -> String {
    let told = pods.iter().map(|PodStays { namespace, name, budgets }| match budgets.as_slice() {
        [] => format!("{namespace}/{name}"),
        budgets => format!("{namespace}/{name} (held back by {})", budgets.join(", ")),
    });
    told.collect::<Vec<_>>().join("; ")
}

impl Finding {
    /// The target is gone.
    pub(super) fn gone(target: &Target) -> Self {
        Self::Gone { kind: target.kind.to_string(), name: target.name.to_string() }
    }

    /// A new pod that does not run.
    pub(super) fn broken(pod: &PodRow) -> Self {
        Self::PodBroken { pod: pod.name.to_string(), status: pod.status.clone() }
    }

    /// The same for whoever may see these namespaces only.
    #[must_use]
    pub fn seen_in(self, visible: impl Fn(&Namespace) -> bool) -> Self {
        let (pods, unseen) = match self {
            Self::PodsStay { pods, unseen } => (pods, unseen),
            Self::PodRefused { namespace: Some(namespace), .. } if !visible(&namespace) => {
                return Self::PodRefused { namespace: None, message: String::new() };
            }
            other => return other,
        };
        let all = pods.len();
        let pods: Vec<_> = pods.into_iter().filter(|pod| visible(&pod.namespace)).collect();
        let more = u32::try_from(all - pods.len()).unwrap_or(u32::MAX);
        Self::PodsStay { pods, unseen: unseen + more }
    }
}
