//! Judging by what is seen how an executed request ended. Pure: the same sight, the same verdict.

mod job;
mod pod;
mod workload;

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use super::{Change, EffectSeen, Execution, Finding, Follow, Request, Verdict, holds};
use crate::{
    resources::{PodRow, WorkloadRow},
    time::Timestamp,
};

/// How long after the deadline of an intent its call may still be on the way back.
pub const ANSWER_MARGIN: Duration = Duration::from_secs(10);
/// How long after its time an execution is still waited for whose cluster does not answer.
pub const GIVE_UP_AFTER: Duration = Duration::from_hours(24);

/// What is seen of a target and its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// The pods of its namespace, as the watches know them.
    pub pods: &'a [Arc<PodRow>],
    /// The workloads of its namespace, as the watches know them.
    pub workloads: &'a [Arc<WorkloadRow>],
    /// The target itself, read past every cache, unless it is gone; read only where an action
    /// [follows](Follow::Change) it.
    pub object: Option<&'a Value>,
    /// The present moment.
    pub now: Timestamp,
}

/// What stands of a target, read past every cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetNow {
    /// It is as it was, and nothing ends it.
    Untouched,
    /// It is gone, ending, changed, or another has its name.
    Changed,
    /// What the request was to make is there, under the name that derives from the request.
    Made,
    /// Nobody is left who could look: the cluster is registered no more, or the requester is nobody there.
    OutOfSight,
}

/// An accepted execution, and what is seen of it.
struct Watched<'a> {
    request: &'a Request,
    execution: &'a Execution,
    sight: Sight<'a>,
}

impl Request {
    /// How an accepted execution ended, or `None` while that cannot be said.
    #[must_use]
    pub fn observe(&self, execution: &Execution, sight: Sight<'_>) -> Option<Verdict> {
        let watched = Watched { request: self, execution, sight };
        match self.body.action.declaration().follow() {
            Follow::Replacement => watched.replacement(),
            Follow::Release => watched.release(),
            Follow::Rollout => watched.rollout(),
            Follow::Replicas => watched.replicas(),
            Follow::Change => Some(watched.change()),
            Follow::Start => watched.start(),
            Follow::End => watched.end(),
            // What comes next of them is told by `next_wave`.
            Follow::Waves(_) => None,
        }
    }

    /// How an execution ended that nobody could look at until its time was long over, or `None` before.
    #[must_use]
    pub fn give_up(execution: &Execution, now: Timestamp) -> Option<Verdict> {
        (now >= execution.intent.settle_by.plus(GIVE_UP_AFTER))
            .then_some(Verdict::Unknown { reason: Finding::NeverAsked })
    }

    /// How an execution ended of which no answer was heard, judged by the target after the deadline; `None` where it
    /// turns out that the cluster accepted it.
    #[must_use]
    pub fn observe_unheard(target: TargetNow) -> Option<Verdict> {
        match target {
            TargetNow::Untouched => {
                Some(Verdict::Failed { effect: EffectSeen::None, reason: Finding::NotDelivered })
            }
            TargetNow::OutOfSight => Some(Verdict::Unknown { reason: Finding::OutOfSight }),
            TargetNow::Changed => Some(Verdict::Unknown { reason: Finding::AnswerLost }),
            TargetNow::Made => None,
        }
    }
}

impl Watched<'_> {
    fn out_of_time(&self) -> bool {
        self.sight.now >= self.execution.intent.settle_by
    }

    fn succeeded(&self, made: Option<String>) -> Verdict {
        let accepted = self.execution.accepted.as_ref();
        Verdict::Succeeded { made, audit_id: accepted.and_then(|it| it.audit_id.clone()) }
    }

    fn failed(reason: Finding) -> Verdict {
        Verdict::Failed { effect: EffectSeen::TookPlace, reason }
    }

    /// A verdict that is only due once the time is over.
    fn late(&self, reason: Finding) -> Option<Verdict> {
        self.out_of_time().then(|| Self::failed(reason))
    }

    /// Whether a pod came after the word was given.
    fn is_new(&self, pod: &PodRow) -> bool {
        !self.execution.before.siblings.contains(&pod.uid)
    }

    fn gone(&self) -> Verdict {
        Self::failed(Finding::gone(&self.request.body.target))
    }

    fn change(&self) -> Verdict {
        let Change::Patch { patch, .. } = &self.execution.change else {
            return self.succeeded(None);
        };
        match self.sight.object {
            None => self.gone(),
            Some(object) if holds(object, patch) => self.succeeded(None),
            Some(_) => Self::failed(Finding::Overwritten),
        }
    }
}
