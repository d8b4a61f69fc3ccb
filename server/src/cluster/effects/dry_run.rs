//! Asking the cluster what it would say to an effect; changes nothing.

use domain::{
    access::{Permit, Preview},
    actions::{DryRun, DryRunRefusal, DryRunVerdict, Effect, Target},
    resources::{ClusterError, ResourceCache},
};

use super::{
    budgets::refusing,
    call::{Answer, Call, Mode},
};
use crate::cluster::{connection::CALL_TIMEOUT, kubernetes::KubernetesCluster, person::Person};

/// Sends the effect as a dry run, as the person with the action's group.
pub(super) async fn dry_run(
    cluster: &KubernetesCluster,
    permit: &Permit<Preview>,
    effect: &Effect,
) -> Result<DryRun, ClusterError> {
    let Effect { target, change } = effect;
    let scope = permit.scope();
    if scope.tenant != target.tenant()
        || scope.digest != target.fingerprint
        || target.cluster != cluster.name
    {
        return Err(ClusterError::Refused {
            message: "the permit is for another target".to_owned(),
        });
    }
    let person = Person::acting(&cluster.client, permit)?;
    let place = cluster.place_of(effect).await?;
    let refused = |reason, message| {
        Ok(DryRun { verdict: DryRunVerdict::Refused { reason, message }, after: None })
    };
    match (Call { target, change, place }).send(&person, Mode::DryRun, CALL_TIMEOUT).await {
        Answer::Accepted { object, .. } => {
            Ok(DryRun { verdict: DryRunVerdict::Accepted, after: object })
        }
        Answer::Budget(message) => {
            let names = budgets_of(cluster, target);
            refused(DryRunRefusal::Budget { names }, message)
        }
        Answer::Refused(ClusterError::Refused { message }) => {
            refused(DryRunRefusal::Forbidden, message)
        }
        Answer::Invalid(message) => refused(DryRunRefusal::Invalid, message),
        Answer::Conflict(message) | Answer::Exists(message) | Answer::TurnedAway(message) => {
            refused(DryRunRefusal::Other, message)
        }
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
