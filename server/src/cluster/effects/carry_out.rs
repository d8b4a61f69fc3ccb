//! Carrying an effect out: once, on that very object, before the intent's deadline.

use std::time::Duration;

use domain::{
    access::{Execute, Permit},
    actions::{Accepted, CommittedIntent, Effect, EffectError, Snapshot, Target},
    resources::ClusterError,
    time::Timestamp,
};
use tokio::time::timeout;

use super::{
    budgets::refusing,
    eviction::{Answer, Mode, evict},
    look_up::look_up,
};
use crate::cluster::{kubernetes::KubernetesCluster, person::Person};

/// How often an eviction is tried that a change of the pod's status overtook.
const TRIES: u32 = 4;

/// Carries the effect out as the person, with the one group that has the power to.
pub(super) async fn carry_out(
    cluster: &KubernetesCluster,
    permit: Permit<Execute>,
    intent: CommittedIntent,
    effect: &Effect,
) -> Result<Accepted, EffectError> {
    let Effect::EvictPod { pod } = effect;
    check_words(&permit, &intent, pod)?;
    let execution = Execution {
        cluster,
        person: Person::acting(&cluster.client, &permit).map_err(EffectError::Refused)?,
        permit: &permit,
        pod,
        deadline: intent.deadline(),
    };
    for _ in 0..TRIES {
        let now = execution.look_again().await?;
        if let Some(accepted) = execution.try_once(&now).await? {
            return Ok(accepted);
        }
    }
    Err(EffectError::Refused(ClusterError::Unexpected {
        message: format!("the pod changed {TRIES} times while it was to be evicted"),
    }))
}

/// The permit, the intent and the effect must speak of the same.
fn check_words(
    permit: &Permit<Execute>,
    intent: &CommittedIntent,
    pod: &Target,
) -> Result<(), EffectError> {
    let scope = permit.scope();
    let same = scope.digest == intent.digest()
        && scope.request == Some(intent.request())
        && scope.tenant == pod.tenant();
    if same {
        return Ok(());
    }
    Err(EffectError::Refused(ClusterError::Refused {
        message: "the permit, the intent and the effect are not of one request".to_owned(),
    }))
}

/// An effect under way.
struct Execution<'a> {
    cluster: &'a KubernetesCluster,
    person: Person,
    permit: &'a Permit<Execute>,
    pod: &'a Target,
    deadline: Timestamp,
}

impl Execution<'_> {
    /// Reads the target once more, as the person alone: it must be what was approved.
    async fn look_again(&self) -> Result<Snapshot, EffectError> {
        let user = &self.permit.scope().cluster_user;
        let target = self.pod.to_ref();
        let reading = look_up(self.cluster, user, &target);
        match timeout(self.time_left()?, reading).await {
            Ok(Ok(now)) if now.target == *self.pod => Ok(now),
            Ok(Ok(_) | Err(ClusterError::NotFound)) => Err(EffectError::Drifted),
            Ok(Err(error)) => Err(EffectError::Refused(error)),
            Err(_) => Err(EffectError::TooLate),
        }
    }

    /// Sends the eviction; none when the pod has another version by now.
    async fn try_once(&self, now: &Snapshot) -> Result<Option<Accepted>, EffectError> {
        let mode = Mode::Of { resource_version: &now.resource_version };
        match evict(&self.person, self.pod, mode, self.time_left()?).await {
            Answer::Accepted { audit_id } => Ok(Some(Accepted { audit_id })),
            Answer::Conflict(_) => Ok(None),
            Answer::Gone => Err(EffectError::Drifted),
            Answer::Budget(message) => Err(EffectError::Budget {
                names: refusing(self.cluster, &self.pod.namespace, &now.pod.labels),
                message,
            }),
            Answer::Refused(error) => Err(EffectError::Refused(error)),
            Answer::Unknown(message) => Err(EffectError::Unknown { message }),
        }
    }

    /// The time until the deadline; nothing is sent once there is none.
    fn time_left(&self) -> Result<Duration, EffectError> {
        match self.deadline.since(self.cluster.clock.now()) {
            Duration::ZERO => Err(EffectError::TooLate),
            left => Ok(left),
        }
    }
}
