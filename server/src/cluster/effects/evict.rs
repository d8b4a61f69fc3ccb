//! Evicting one pod of those that go together: named by its UID and not read before, as the person need not see it.

use domain::{
    access::{Execute, Permit},
    actions::{Accepted, Change, CommittedIntent, EffectError, PodPin, TargetKind},
    resources::ClusterError,
};

use super::{
    budgets::refusing_pod,
    call::{Call, Mode},
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
    let time_left = cluster.time_until(intent.deadline())?;
    let answer = call.send(&person, Mode::Whatever, time_left).await;
    let budgets = || refusing_pod(cluster, &pod.namespace, &pod.uid);
    let (audit_id, _) = answer.took_place(budgets)?;
    Ok(Accepted { audit_id, generation: None })
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
