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
/// The most waves of one request: what a sick node refuses over and over must not fill the log.
const MOST_WAVES: usize = 1024;
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
    /// Whether the target is as it was to be made before the first wave; nothing where nothing was to be made.
    pub prepared: Option<bool>,
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
        if self.going.is_empty() && self.left.is_empty() && self.missing() == 0 && !self.is_bereft()
        {
            return Next::End(self.succeeded());
        }
        if let Some(reason) = self.why_stopped() {
            return Next::End(self.failed(reason));
        }
        let over = self.sight.now >= self.execution.intent.settle_by;
        if over || self.execution.waves.len() >= MOST_WAVES {
            return Next::End(self.failed(self.why_late()));
        }
        if self.sight.prepared == Some(false) {
            return Next::Wait;
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
        let fits = rested.filter(|pod| headroom.take(pod, self.was_held(pod)));
        fits.take(room).map(|pod| PodPin::from(*pod)).collect()
    }

    /// Whether a budget held a pod back when it was last asked to go.
    fn was_held(&self, pod: &PodRow) -> bool {
        let last = self.execution.waves.iter().rev().find_map(|wave| wave.said_of(pod));
        matches!(last, Some(Said::Budget { .. }))
    }

    /// Whether a pod that could not be sent away was left alone for long enough.
    fn is_rested(&self, pod: &PodRow) -> bool {
        let tried = self.execution.waves.iter().filter(|wave| wave.said_of(pod).is_some());
        let Some(last) = tried.clone().next_back() else { return true };
        let doublings = u32::try_from(tried.count() - 1).unwrap_or(u32::MAX).min(MOST_DOUBLINGS);
        self.sight.now >= last.at.plus(PAUSE * 2_u32.pow(doublings))
    }

    fn why_stopped(&self) -> Option<Finding> {
        let stopped = self.execution.stopped.as_ref();
        let broken = self.replacements().find(|pod| pod.is_broken());
        self.execution
            .waves
            .iter()
            .find_map(Wave::refused)
            .or_else(|| stopped.map(|by| Finding::Stopped { by: by.clone() }))
            .or_else(|| self.is_undone().then_some(Finding::Overwritten))
            .or_else(|| self.is_bereft().then(|| Finding::gone(&self.request.body.target)))
            .or_else(|| broken.map(Finding::broken))
    }

    /// Whether the workload is gone that was to make other pods.
    fn is_bereft(&self) -> bool {
        self.waits_for_others() && self.workload().is_none()
    }

    /// Whether what was to come before the first wave holds no more.
    fn is_undone(&self) -> bool {
        self.sight.prepared == Some(false) && !self.execution.waves.is_empty()
    }

    fn why_late(&self) -> Finding {
        let headroom = Headroom::of(self.sight.budgets);
        let stays = |pod: &&PodRow| PodStays {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
            budgets: headroom.blocking(pod).iter().map(|it| it.name.to_string()).collect(),
        };
        let pods: Vec<_> = self.left.iter().chain(&self.going).map(stays).collect();
        match self.replacements().find(|pod| !pod.is_ready()) {
            _ if !pods.is_empty() => Finding::PodsStay { pods, unseen: 0 },
            Some(pod) => Finding::PodLate { pod: pod.name.to_string(), status: pod.status.clone() },
            None => {
                let target = &self.request.body.target;
                let (kind, name) = (target.kind.to_string(), target.name.to_string());
                Finding::NoReplacement { kind, name }
            }
        }
    }

    /// How many of the pods that went are still to be replaced, where the action waits for that: as many as the workload
    /// lacks, but for those that were sick before and were not sent away.
    fn missing(&self) -> usize {
        let Some(workload) = self.workload() else { return 0 };
        let gone = self.evictions.pods.len() - self.going.len() - self.left.len();
        let kept = self.sight.pods.iter().filter(|pod| self.is_kept(pod, workload));
        let is_going = |pod: &PodRow| self.going.iter().any(|going| going.uid == pod.uid);
        let before = &self.execution.before.siblings;
        let counts = |pod: &PodRow| pod.is_ready() || (before.contains(&pod.uid) && !is_going(pod));
        let there = kept.filter(|pod| counts(pod)).count();
        gone.min((workload.desired as usize).saturating_sub(there))
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
    /// What the cluster refused for good of it, if it did.
    fn refused(&self) -> Option<Finding> {
        let said = self.said.as_ref()?;
        self.pods.iter().zip(said).find_map(|(pod, said)| match said {
            Said::Refused { message } => {
                let namespace = Some(pod.namespace.clone());
                Some(Finding::PodRefused { namespace, message: message.clone() })
            }
            _ => None,
        })
    }

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
