//! Carrying an effect out: once, on that very object, before the intent's deadline.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    access::{Execute, Permit},
    actions::{Accepted, Change, CommittedIntent, Effect, EffectError, Part, Reads, Snapshot},
    resources::ClusterError,
    time::Timestamp,
};
use serde_json::Value;
use tokio::time::timeout;

use super::{
    budgets::refusing,
    call::{Answer, Call, Mode},
    look_up::look_up,
};
use crate::cluster::{kubernetes::KubernetesCluster, person::Person, places::Place};

/// How often a call is tried that a change of the target's status overtook.
const TRIES: u32 = 4;

/// Carries the effect out as the person, with the one group that has the power to.
pub(super) async fn carry_out(
    cluster: &KubernetesCluster,
    permit: Permit<Execute>,
    intent: CommittedIntent,
    effect: &Effect,
) -> Result<Accepted, EffectError> {
    check_words(&permit, &intent, effect)?;
    let execution = Execution {
        cluster,
        person: Person::acting(&cluster.client, &permit).map_err(EffectError::Refused)?,
        place: cluster.place_of(effect).await.map_err(EffectError::Refused)?,
        permit: &permit,
        effect,
        deadline: intent.deadline(),
    };
    for _ in 0..TRIES {
        let now = execution.look_again().await?;
        if let Some(accepted) = execution.try_once(&now).await? {
            return Ok(accepted);
        }
    }
    Err(EffectError::Refused(ClusterError::Unexpected {
        message: format!("the target changed {TRIES} times while it was to be acted on"),
    }))
}

/// The permit, the intent and the effect must speak of the same.
fn check_words(
    permit: &Permit<Execute>,
    intent: &CommittedIntent,
    effect: &Effect,
) -> Result<(), EffectError> {
    let scope = permit.scope();
    let same = scope.digest == intent.digest()
        && scope.request == Some(intent.request())
        && scope.tenant == effect.target.tenant()
        && intent.is_for(effect);
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
    effect: &'a Effect,
    place: Place,
    deadline: Timestamp,
}

impl Execution<'_> {
    /// Reads the target once more, as the person alone: it must be what was approved.
    async fn look_again(&self) -> Result<Snapshot, EffectError> {
        let user = &self.permit.scope().cluster_user;
        let target = self.effect.target.to_ref();
        let reading = look_up(self.cluster, user, &target, Reads::Target);
        match timeout(self.time_left()?, reading).await {
            Ok(Ok(now)) if now.target == self.effect.target => Ok(now),
            Ok(Ok(_) | Err(ClusterError::NotFound)) => Err(EffectError::Drifted),
            Ok(Err(error)) => Err(EffectError::Refused(error)),
            Err(_) => Err(EffectError::TooLate),
        }
    }

    /// Sends the call; none when the target has another version by now.
    async fn try_once(&self, now: &Snapshot) -> Result<Option<Accepted>, EffectError> {
        let Effect { target, change } = self.effect;
        let call = Call { target: target.into(), change, place: self.place };
        let mode = Mode::Of { resource_version: &now.resource_version };
        match call.send(&self.person, mode, self.time_left()?).await {
            // What is made has a name of the request's own: an earlier attempt made it, and its answer was lost.
            Answer::Exists(_) if matches!(change, Change::Create { .. }) => {
                Ok(Some(Accepted::default()))
            }
            Answer::Conflict(_) => Ok(None),
            answer => {
                let budgets = || refusing(self.cluster, &target.namespace, &labels(&now.object));
                let (audit_id, object) = answer.took_place(budgets)?;
                let generation = generation(change, &now.object, object.as_ref());
                Ok(Some(Accepted { audit_id, generation }))
            }
        }
    }

    fn time_left(&self) -> Result<Duration, EffectError> {
        self.cluster.time_until(self.deadline)
    }
}

/// The generation from which on the target shows the effect, where it has one.
fn generation(change: &Change, before: &Value, answer: Option<&Value>) -> Option<i64> {
    let told = |object: &Value| object["metadata"]["generation"].as_i64();
    match change {
        // A scale has none of its own; the version that was resized had the one before.
        Change::Patch { part: Part::Scale, .. } => told(before).map(|generation| generation + 1),
        _ => answer.and_then(told),
    }
}

fn labels(object: &Value) -> BTreeMap<String, String> {
    serde_json::from_value(object["metadata"]["labels"].clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_answer_tells_from_which_generation_on_the_effect_shows() {
        let of = |generation: i64| json!({"metadata": {"generation": generation}});
        let patch = |part| Change::Patch { part, patch: json!({"spec": {"replicas": 5}}) };
        assert_eq!(generation(&patch(Part::Whole), &of(6), Some(&of(7))), Some(7));
        let scale = json!({"kind": "Scale", "metadata": {"name": "api"}, "spec": {"replicas": 5}});
        assert_eq!(generation(&patch(Part::Scale), &of(6), Some(&scale)), Some(7));
        assert_eq!(generation(&Change::Evict, &of(6), None), None);
    }
}
