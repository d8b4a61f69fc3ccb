//! Watching a job start, or end.

use std::sync::Arc;

use super::Watched;
use crate::{
    actions::{Change, Finding, Verdict},
    resources::{PodRow, WorkloadKind, WorkloadRow},
};

impl Watched<'_> {
    /// The job that was made runs or has run.
    pub(super) fn start(&self) -> Option<Verdict> {
        let Change::Create { object, .. } = &self.execution.change else { return None };
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let made =
            |row: &&Arc<WorkloadRow>| row.kind == WorkloadKind::Job && row.name.as_str() == name;
        let Some(job) = self.sight.workloads.iter().find(made) else {
            return self.late(Finding::NotSeen);
        };
        if job.is_stuck() {
            return Some(Self::failed(Finding::JobFailed { name: name.to_owned() }));
        }
        let pods: Vec<_> = self.pods_of(&job.uid).collect();
        if job.ready >= job.desired.max(1) || pods.iter().any(|pod| runs(pod) || pod.is_completed())
        {
            return Some(self.succeeded(Some(name.to_owned())));
        }
        if let Some(pod) = pods.iter().find(|pod| pod.is_broken()) {
            return Some(Self::failed(Finding::broken(pod)));
        }
        let status = pods.first().map(|pod| pod.status.clone());
        self.late(Finding::JobLate { name: name.to_owned(), status })
    }

    /// The job has ended and keeps no pod that runs.
    pub(super) fn end(&self) -> Option<Verdict> {
        let uid = &self.request.body.target.uid;
        let job = self.sight.workloads.iter().find(|row| row.uid == *uid);
        let ended = job.is_none_or(|job| job.is_stuck() || job.is_complete());
        match self.pods_of(uid).any(runs) {
            false if ended => Some(self.succeeded(None)),
            false => self.late(Finding::NotSeen),
            true => self.late(Finding::PodStays),
        }
    }

    fn pods_of<'a>(&'a self, uid: &'a str) -> impl Iterator<Item = &'a PodRow> {
        let pods = self.sight.pods.iter().map(AsRef::as_ref);
        pods.filter(move |pod: &&PodRow| pod.owner.as_ref().is_some_and(|owner| owner.uid == uid))
    }
}

fn runs(pod: &PodRow) -> bool {
    pod.is_ready() || (pod.phase == "Running" && !pod.is_failing())
}
