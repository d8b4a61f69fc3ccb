//! Evicting one pod of those that go together: named by its UID and not read before, as the person need not see it.

use std::time::Duration;

use domain::{
    access::{Execute, Permit},
    actions::{Accepted, Change, CommittedIntent, EffectError, PodPin, TargetKind},
    resources::ClusterError,
};

use super::{
    budgets::refusing_pod,
    call::{Answer, Call, Mode},
};
use crate::cluster::{kubernetes::KubernetesCluster, person::Person};

/// Evicts the pod as the person, with the one group that has the power to.
pub(super) async fn evict(
    cluster: &KubernetesCluster,
    permit: Permit<Execute>,
    intent: CommittedIntent,
    pod: &PodPin,
) -> Result<Accepted, EffectError> {
    check_words(cluster, &permit, &intent, pod)?;
    let person = Person::acting(&cluster.client, &permit).map_err(EffectError::Refused)?;
    let place = cluster.places.of(&cluster.client, TargetKind::Pod).await;
    let place = place.map_err(EffectError::Refused)?;
    let call = Call { target: pod.into(), change: &Change::Evict, place };
    let time_left = match intent.deadline().since(cluster.clock.now()) {
        Duration::ZERO => return Err(EffectError::TooLate),
        left => left,
    };
    let refused = |message| Err(EffectError::Refused(ClusterError::Refused { message }));
    match call.send(&person, Mode::Whatever, time_left).await {
        Answer::Accepted { audit_id, .. } => Ok(Accepted { audit_id, generation: None }),
        // Another pod has its name, or none.
        Answer::Gone | Answer::Conflict(_) => Err(EffectError::Drifted),
        Answer::Budget(message) => Err(EffectError::Budget {
            names: refusing_pod(cluster, &pod.namespace, &pod.uid),
            message,
        }),
        Answer::Exists(message) | Answer::Invalid(message) | Answer::TurnedAway(message) => {
            refused(message)
        }
        Answer::Refused(error) => Err(EffectError::Refused(error)),
        Answer::Unknown(message) => Err(EffectError::Unknown { message }),
    }
}

/// The permit, the intent and the pod must be of one request.
fn check_words(
    cluster: &KubernetesCluster,
    permit: &Permit<Execute>,
    intent: &CommittedIntent,
    pod: &PodPin,
) -> Result<(), EffectError> {
    let scope = permit.scope();
    let same = scope.digest == intent.digest()
        && scope.request == Some(intent.request())
        && scope.tenant.cluster == cluster.name
        && intent.is_to_evict(pod);
    if same {
        return Ok(());
    }
    Err(EffectError::Refused(ClusterError::Refused {
        message: "the permit, the intent and the pod are not of one request".to_owned(),
    }))
}
