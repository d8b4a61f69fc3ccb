//! What comes next of an execution that takes pods away in waves. Pure: the same sight, the same answer.
//!
//! At no time are more pods on their way than were agreed on: those that are going, and those whose replacements are
//! not ready yet where the action waits for them.

use std::{sync::Arc, time::Duration};

use super::{Evictions, PodPin, Said, Wave, headroom::Headroom};
use crate::{
    actions::{
        ANSWER_MARGIN, EffectSeen, Execution, Finding, Follow, PodStays, Request, Until, Verdict,
    },
    resources::{BudgetRow, PodRow, WorkloadRow, is_kept_by},
    time::Timestamp,
};

/// How long a pod is left alone that could not be sent away; doubled each time.
const PAUSE: Duration = Duration::from_secs(10);
/// How often it is doubled at most.
const MOST_DOUBLINGS: u32 = 4;

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing can be said or sent yet.
    Wait,
    /// The deadline of the last wave has passed and nobody wrote down its answers.
    Unheard,
    /// These are sent away.
    Send(Vec<PodPin>),
    /// It has come to its end.
    End(Verdict),
}

/// What is seen of the pods and of what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct WavesSight<'a> {
    /// The pods of every namespace that is reached.
    pub pods: &'a [Arc<PodRow>],
    /// Their workloads.
    pub workloads: &'a [Arc<WorkloadRow>],
    /// Their disruption budgets.
    pub budgets: &'a [Arc<BudgetRow>],
    /// The present moment.
    pub now: Timestamp,
}

impl Request {
    /// What comes next of an execution that sends these pods away.
    #[must_use]
    pub fn next_wave(
        &self,
        execution: &Execution,
        evictions: &Evictions,
        sight: WavesSight<'_>,
    ) -> Next {
        Course::of(self, execution, evictions, sight).next()
    }
}

/// An execution under way, each of its pods where it stands now.
pub(super) struct Course<'a> {
    request: &'a Request,
    execution: &'a Execution,
    evictions: &'a Evictions,
    sight: WavesSight<'a>,
    /// Those that were asked to go, or go by themselves, and are still seen.
    pub(super) going: Vec<&'a PodRow>,
    /// Those that are still to be asked.
    pub(super) left: Vec<&'a PodRow>,
}

impl<'a> Course<'a> {
    pub(super) fn of(
        request: &'a Request,
        execution: &'a Execution,
        evictions: &'a Evictions,
        sight: WavesSight<'a>,
    ) -> Self {
        let seen = |pin: &PodPin| sight.pods.iter().find(|pod| pod.uid == pin.uid);
        let present = evictions.pods.iter().filter_map(seen).map(AsRef::as_ref);
        let (going, left) =
            present.partition(|pod: &&PodRow| is_going(&execution.waves, pod, sight.now));
        Self { request, execution, evictions, sight, going, left }
    }

    fn next(&self) -> Next {
        match self.execution.waves.last() {
            Some(wave) if wave.said.is_none() => {
                let over = self.sight.now >= wave.deadline.plus(ANSWER_MARGIN);
                return if over { Next::Unheard } else { Next::Wait };
            }
            _ => {}
        }
        if let Some(reason) = self.why_stopped() {
            return Next::End(self.failed(reason));
        }
        if self.going.is_empty() && self.left.is_empty() && self.missing() == 0 {
            return Next::End(self.succeeded());
        }
        if self.sight.now >= self.execution.intent.settle_by {
            return Next::End(self.failed(self.why_late()));
        }
        match self.wave() {
            pods if pods.is_empty() => Next::Wait,
            pods => Next::Send(pods),
        }
    }

    /// The pods that may be sent away now.
    fn wave(&self) -> Vec<PodPin> {
        let busy = self.going.len() + self.missing();
        let room = (self.evictions.at_once as usize).saturating_sub(busy);
        let mut headroom = Headroom::of(self.sight.budgets);
        let rested = self.left.iter().filter(|pod| self.is_rested(pod));
        let fits = rested.filter(|pod| headroom.take(pod));
        fits.take(room).map(|pod| PodPin::from(*pod)).collect()
    }

    /// Whether a pod that could not be sent away was left alone for long enough.
    fn is_rested(&self, pod: &PodRow) -> bool {
        let tried = self.execution.waves.iter().filter(|wave| wave.said_of(pod).is_some());
        let Some(last) = tried.clone().next_back() else { return true };
        let doublings = u32::try_from(tried.count() - 1).unwrap_or(u32::MAX).min(MOST_DOUBLINGS);
        self.sight.now >= last.at.plus(PAUSE * 2_u32.pow(doublings))
    }

    fn why_stopped(&self) -> Option<Finding> {
        let said = self.execution.waves.iter().filter_map(|wave| wave.said.as_ref()).flatten();
        let refused = said.into_iter().find_map(|said| match said {
            Said::Refused { message } => Some(Finding::Refused { message: message.clone() }),
            _ => None,
        });
        let stopped = self.execution.stopped.as_ref();
        let gone = self.waits_for_others() && self.workload().is_none();
        let broken = self.replacements().find(|pod| pod.is_broken());
        refused
            .or_else(|| stopped.map(|by| Finding::Stopped { by: by.clone() }))
            .or_else(|| gone.then(|| Finding::gone(&self.request.body.target)))
            .or_else(|| broken.map(Finding::broken))
    }

    fn why_late(&self) -> Finding {
        let mut headroom = Headroom::of(self.sight.budgets);
        let stays = |pod: &&&PodRow| !headroom.take(pod);
        let blocked: Vec<_> = self.left.iter().filter(stays).copied().collect();
        let stays = |pod: &PodRow| PodStays {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
            budgets: headroom.blocking(pod).iter().map(|it| it.name.to_string()).collect(),
        };
        let all =
            [blocked.as_slice(), &self.left, &self.going].into_iter().find(|it| !it.is_empty());
        match (all, self.replacements().find(|pod| !pod.is_ready())) {
            (Some(pods), _) => {
                Finding::PodsStay { pods: pods.iter().map(|pod| stays(pod)).collect(), unseen: 0 }
            }
            (None, Some(pod)) => {
                Finding::PodLate { pod: pod.name.to_string(), status: pod.status.clone() }
            }
            (None, None) => {
                let target = &self.request.body.target;
                let (kind, name) = (target.kind.to_string(), target.name.to_string());
                Finding::NoReplacement { kind, name }
            }
        }
    }

    /// How many of the pods that went are still to be replaced, where the action waits for that.
    fn missing(&self) -> usize {
        let Some(workload) = self.workload() else { return 0 };
        let gone = self.evictions.pods.len() - self.going.len() - self.left.len();
        let came = self.replacements().filter(|pod| pod.is_ready()).count();
        let kept = self.sight.pods.iter().filter(|pod| self.is_kept(pod, workload));
        let ready = kept.filter(|pod| pod.is_ready()).count();
        // Whoever asks for fewer replicas meanwhile is owed no more.
        gone.saturating_sub(came).min((workload.desired as usize).saturating_sub(ready))
    }

    /// The pods that came since the word was given, where the action waits for them.
    fn replacements(&self) -> impl Iterator<Item = &'a PodRow> {
        let workload = self.workload();
        let before = &self.execution.before.siblings;
        let sight = self.sight;
        let kept = sight.pods.iter().map(AsRef::as_ref).filter(move |pod| {
            workload.is_some_and(|workload| is_kept_by(pod, workload, sight.workloads))
        });
        kept.filter(|pod| !before.contains(&pod.uid))
    }

    fn is_kept(&self, pod: &PodRow, workload: &WorkloadRow) -> bool {
        is_kept_by(pod, workload, self.sight.workloads)
    }

    /// The workload whose pods are to be replaced; none where the action does not wait for that.
    fn workload(&self) -> Option<&'a WorkloadRow> {
        let uid = &self.request.body.target.uid;
        let row = self.sight.workloads.iter().find(|row| row.uid == *uid)?;
        self.waits_for_others().then_some(row)
    }

    /// Whether other pods must be ready in the place of those that went.
    fn waits_for_others(&self) -> bool {
        let follow = self.request.body.action.declaration().follow();
        follow == Follow::Waves(Until::Replaced)
    }

    fn succeeded(&self) -> Verdict {
        let accepted = self.execution.accepted.as_ref();
        Verdict::Succeeded { made: None, audit_id: accepted.and_then(|it| it.audit_id.clone()) }
    }

    fn failed(&self, reason: Finding) -> Verdict {
        Verdict::Failed { effect: self.execution.effect_seen(), reason }
    }
}

impl Execution {
    /// Whether the cluster was changed, as far as it was heard.
    pub(super) fn effect_seen(&self) -> EffectSeen {
        let said = self.waves.iter().filter_map(|wave| wave.said.as_ref()).flatten();
        let accepted = |said: &Said| matches!(said, Said::Accepted { .. } | Said::Unheard);
        if self.accepted.is_some() || said.into_iter().any(accepted) {
            EffectSeen::TookPlace
        } else {
            EffectSeen::None
        }
    }
}

impl Wave {
    /// What was said of a pod, if it is of this wave.
    fn said_of(&self, pod: &PodRow) -> Option<&Said> {
        let place = self.pods.iter().position(|pin| pin.uid == pod.uid)?;
        self.said.as_ref()?.get(place)
    }
}

/// Whether a pod that is still seen was sent away: its end is seen, or the cluster accepted, or may yet.
fn is_going(waves: &[Wave], pod: &PodRow, now: Timestamp) -> bool {
    let last = waves.iter().rev().find_map(|wave| Some((wave, wave.said_of(pod)?)));
    pod.deleting_since.is_some()
        || last.is_some_and(|(wave, said)| match said {
            Said::Unheard => now < wave.deadline.plus(ANSWER_MARGIN),
            said => !said.leaves_it(),
        })
}
