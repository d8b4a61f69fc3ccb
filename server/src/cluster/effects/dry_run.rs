//! Asking the cluster what it would say to an effect; changes nothing.

use domain::{
    access::{Permit, Preview},
    actions::{Change, DryRun, DryRunRefusal, DryRunVerdict, Effect, PodPin, TargetKind},
    resources::ClusterError,
};
use serde_json::Value;

use super::{
    budgets::refusing_pod,
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
        return Err(other_target());
    }
    let person = Person::acting(&cluster.client, permit)?;
    let place = cluster.place_of(effect).await?;
    let call = Call { target: target.into(), change, place };
    let answer = call.send(&person, Mode::DryRun, CALL_TIMEOUT).await;
    let of_pod = || refusing_pod(cluster, &target.namespace, &target.uid);
    let (verdict, after) = meaning(answer, of_pod)?;
    Ok(DryRun { verdict, after })
}

/// What the cluster would say to the eviction of a pod that the person need not see.
pub(super) async fn rehearse_eviction(
    cluster: &KubernetesCluster,
    permit: &Permit<Preview>,
    pod: &PodPin,
) -> Result<DryRunVerdict, ClusterError> {
    if permit.scope().tenant.cluster != cluster.name {
        return Err(other_target());
    }
    let person = Person::acting(&cluster.client, permit)?;
    let place = cluster.places.of(&cluster.client, TargetKind::Pod).await?;
    let call = Call { target: pod.into(), change: &Change::Evict, place };
    let answer = call.send(&person, Mode::DryRun, CALL_TIMEOUT).await;
    meaning(answer, || refusing_pod(cluster, &pod.namespace, &pod.uid)).map(|(verdict, _)| verdict)
}

fn other_target() -> ClusterError {
    ClusterError::Refused { message: "the permit is for another target".to_owned() }
}

/// What an answer to a dry run says, with the object as it would be where it says so.
fn meaning(
    answer: Answer,
    budgets: impl Fn() -> Vec<String>,
) -> Result<(DryRunVerdict, Option<Value>), ClusterError> {
    let refused = |reason, message| Ok((DryRunVerdict::Refused { reason, message }, None));
    match answer {
        Answer::Accepted { object, .. } => Ok((DryRunVerdict::Accepted, object)),
        Answer::Budget(message) => refused(DryRunRefusal::Budget { names: budgets() }, message),
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
