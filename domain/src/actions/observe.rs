//! Judging by what the watches see how an executed request ended. Pure: the same sight, the same verdict.

use std::{sync::Arc, time::Duration};

use super::{EffectSeen, Execution, Replacement, Request, Verdict};
use crate::{resources::PodRow, time::Timestamp};

/// How long after the deadline of an intent its call may still be on the way back.
pub const ANSWER_MARGIN: Duration = Duration::from_secs(10);
/// How long after its time an execution is still waited for whose cluster does not answer.
pub const GIVE_UP_AFTER: Duration = Duration::from_hours(24);

/// What stands of a target, read past every cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetNow {
    /// The very pod runs on, and nothing ends it.
    Untouched,
    /// It is gone, ending, or another has its name.
    Leaving,
    /// Nobody is left who could look: the cluster is registered no more, or the requester is nobody there.
    OutOfSight,
}

impl Request {
    /// How an accepted execution ended, or `None` while that cannot be said.
    #[must_use]
    pub fn observe(
        &self,
        execution: &Execution,
        pods: &[Arc<PodRow>],
        now: Timestamp,
    ) -> Option<Verdict> {
        let target = &self.body.target;
        let out_of_time = now >= execution.intent.settle_by;
        let audit_id = execution.accepted.as_ref().and_then(|accepted| accepted.audit_id.clone());
        let failed =
            |reason: String| Some(Verdict::Failed { effect: EffectSeen::TookPlace, reason });
        if pods.iter().any(|pod| pod.uid == target.uid) {
            return out_of_time.then(|| failed("the pod did not end in time".to_owned())).flatten();
        }
        let Replacement::Controller { kind, name } = &self.preview.blast_radius.replacement else {
            return Some(Verdict::Succeeded { replacement: None, audit_id });
        };
        let replacement = pods.iter().find(|pod| {
            let owner = pod.owner.as_ref();
            owner.is_some_and(|owner| owner.kind == *kind && owner.name == *name)
                && !execution.siblings.contains(&pod.uid)
        });
        match replacement {
            Some(pod) if pod.is_ready() || pod.is_completed() => {
                Some(Verdict::Succeeded { replacement: Some(pod.name.to_string()), audit_id })
            }
            Some(pod) if pod.is_failing() => {
                failed(format!("its replacement {} is {}", pod.name, pod.status))
            }
            Some(pod) if out_of_time => failed(format!(
                "its replacement {} was not ready in time: {}",
                pod.name, pod.status
            )),
            None if out_of_time => failed(format!("{kind} {name} made no replacement in time")),
            _ => None,
        }
    }

    /// How an execution ended that nobody could look at until its time was long over, or `None` before.
    #[must_use]
    pub fn give_up(execution: &Execution, now: Timestamp) -> Option<Verdict> {
        (now >= execution.intent.settle_by.plus(GIVE_UP_AFTER)).then(|| Verdict::Unknown {
            reason: "the cluster could not be asked in time what became of the target".to_owned(),
        })
    }

    /// How an execution ended of which no answer was heard, judged by the target after the deadline.
    #[must_use]
    pub fn observe_unheard(target: TargetNow) -> Verdict {
        match target {
            TargetNow::Untouched => Verdict::Failed {
                effect: EffectSeen::None,
                reason: "the call did not reach the cluster before its deadline".to_owned(),
            },
            TargetNow::OutOfSight => Verdict::Unknown {
                reason: "nobody is left who could look at the target".to_owned(),
            },
            TargetNow::Leaving => Verdict::Unknown {
                reason: "the pod is gone or ending, and the answer that would tell whether this request \
                         did it was lost"
                    .to_owned(),
            },
        }
    }
}
