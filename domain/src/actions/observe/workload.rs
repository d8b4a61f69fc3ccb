//! Watching a workload come to where it was sent.

use super::Watched;
use crate::{
    actions::{Change, Finding, Verdict},
    resources::{ConditionRow, PodRow, WorkloadRow, is_kept_by},
};

impl Watched<'_> {
    /// Every pod of the workload is ready and of the newest template, but those that a partition holds back.
    pub(super) fn rollout(&self) -> Option<Verdict> {
        self.settled(WorkloadRow::is_rolled_out, |row| self.newly_stuck(row))
    }

    /// The workload has as many pods as asked for, and all of them are ready.
    pub(super) fn replicas(&self) -> Option<Verdict> {
        let wanted = match &self.execution.change {
            Change::Patch { patch, .. } => patch["spec"]["replicas"].as_u64(),
            _ => None,
        };
        let wanted = wanted.and_then(|n| u32::try_from(n).ok())?;
        let row = self.row();
        if let Some(row) = row.filter(|row| self.shows_the_change(row) && row.desired != wanted) {
            return Some(Self::failed(Finding::OtherReplicas { wanted, found: row.desired }));
        }
        // Whether its rollout goes on is another matter, and what it has beside those that are wanted.
        self.settled(|row| row.total == wanted || row.is_rolling_out(), |_| None)
    }

    fn row(&self) -> Option<&WorkloadRow> {
        let uid = &self.request.body.target.uid;
        self.sight.workloads.iter().find(|row| row.uid == *uid).map(AsRef::as_ref)
    }

    /// Whether the watches have seen the change, and its controller too.
    fn shows_the_change(&self, row: &WorkloadRow) -> bool {
        let accepted = self.execution.accepted.as_ref();
        let generation = accepted.and_then(|accepted| accepted.generation);
        !row.settling && generation.is_none_or(|accepted| row.generation >= accepted)
    }

    fn settled(
        &self,
        arrived: impl Fn(&WorkloadRow) -> bool,
        stuck: impl Fn(&WorkloadRow) -> Option<Finding>,
    ) -> Option<Verdict> {
        let Some(row) = self.row() else { return Some(self.gone()) };
        let late = why_no_pods(row).unwrap_or(Finding::RolloutLate {
            ready: self.new_and_ready(row),
            desired: row.desired.saturating_sub(row.held_back),
        });
        if !self.shows_the_change(row) {
            return self.late(late);
        }
        if arrived(row) && row.ready >= row.desired {
            return Some(self.succeeded(None));
        }
        if let Some(pod) = self.new_pods(row).find(|pod| pod.is_broken()) {
            return Some(Self::failed(Finding::broken(pod)));
        }
        if let Some(finding) = stuck(row) {
            return Some(Self::failed(finding));
        }
        self.late(late)
    }

    /// Why the rollout was given up. What was so before the word stays so until the cluster sees progress.
    fn newly_stuck(&self, row: &WorkloadRow) -> Option<Finding> {
        let before = self.execution.before.stuck_since;
        let stuck = row.stuck().filter(|stuck| before.is_none() || stuck.since != before)?;
        let words = stuck.message.as_ref().or(stuck.reason.as_ref());
        Some(Finding::RolloutStuck { message: words.unwrap_or(&stuck.kind).clone() })
    }

    /// How many replicas are of the newest template and ready, as far as that shows: those that came after the word, and
    /// those that are ready beyond what is left of older templates.
    fn new_and_ready(&self, row: &WorkloadRow) -> u32 {
        let older = row.total.saturating_sub(row.updated);
        let new = self.new_pods(row).filter(|pod| pod.is_ready()).count();
        row.ready.saturating_sub(older).max(u32::try_from(new).unwrap_or(0)).min(row.updated)
    }

    fn new_pods<'a>(&'a self, row: &'a WorkloadRow) -> impl Iterator<Item = &'a PodRow> {
        let kept = self.sight.pods.iter().filter(|pod| is_kept_by(pod, row, self.sight.workloads));
        kept.map(AsRef::as_ref).filter(|pod| self.is_new(pod))
    }
}

/// Why no pods are made, a quota perhaps. That may pass by itself, so it is told only when the time is over.
fn why_no_pods(row: &WorkloadRow) -> Option<Finding> {
    let refused = |c: &&ConditionRow| c.kind == "ReplicaFailure" && c.status == "True";
    let message = row.conditions.iter().find(refused)?.message.clone()?;
    Some(Finding::RolloutStuck { message })
}
