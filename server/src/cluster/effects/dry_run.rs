//! Asking the cluster what it would say to an effect; changes nothing.

use domain::{
    access::{Permit, Preview},
    actions::{DryRunRefusal, DryRunVerdict, Effect, Target},
    resources::{ClusterError, ResourceCache},
};

use super::{
    budgets::refusing,
    eviction::{Answer, Mode, evict},
};
use crate::cluster::{connection::CALL_TIMEOUT, kubernetes::KubernetesCluster, person::Person};

/// Sends the effect as a dry run, as the person with the action's group.
pub(super) async fn dry_run(
    cluster: &KubernetesCluster,
    permit: &Permit<Preview>,
    effect: &Effect,
) -> Result<DryRunVerdict, ClusterError> {
    let Effect::EvictPod { pod } = effect;
    let scope = permit.scope();
    if scope.tenant != pod.tenant()
        || scope.digest != pod.fingerprint
        || pod.cluster != cluster.name
    {
        return Err(ClusterError::Refused {
            message: "the permit is for another target".to_owned(),
        });
    }
    let person = Person::acting(&cluster.client, permit)?;
    let refused = |reason, message| Ok(DryRunVerdict::Refused { reason, message });
    match evict(&person, pod, Mode::DryRun, CALL_TIMEOUT).await {
        Answer::Accepted { .. } => Ok(DryRunVerdict::Accepted),
        Answer::Budget(message) => {
            let names = budgets_of(cluster, pod);
            refused(DryRunRefusal::Budget { names }, message)
        }
        Answer::Refused(ClusterError::Refused { message }) => {
            refused(DryRunRefusal::Forbidden, message)
        }
        Answer::Conflict(message) => refused(DryRunRefusal::Other, message),
        Answer::Gone => Err(ClusterError::NotFound),
        Answer::Refused(error) => Err(error),
        Answer::Unknown(message) => Err(ClusterError::Unreachable { message }),
    }
}

fn budgets_of(cluster: &KubernetesCluster, pod: &Target) -> Vec<String> {
    let pods = cluster.pods(&pod.namespace);
    let row = pods.iter().find(|row| row.uid == pod.uid);
    row.map(|row| refusing(cluster, &pod.namespace, &row.labels)).unwrap_or_default()
}
