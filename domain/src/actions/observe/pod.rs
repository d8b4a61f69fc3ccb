//! Watching a pod go, or be let go of, and another one take its place.

use super::Watched;
use crate::{
    actions::{Finding, Replacement, Verdict},
    resources::PodRow,
};

impl Watched<'_> {
    /// The pod is gone, and where a controller keeps it, another one is ready.
    pub(super) fn replacement(&self) -> Option<Verdict> {
        if self.target_pod().is_some() {
            return self.late(Finding::PodStays);
        }
        self.another_is_ready()
    }

    /// The pod stays, its controller let go of it, and another one is ready.
    pub(super) fn release(&self) -> Option<Verdict> {
        match self.target_pod() {
            None => Some(self.gone()),
            Some(pod) if pod.owner.is_some() => self.late(Finding::NotReleased),
            Some(_) => self.another_is_ready(),
        }
    }

    fn target_pod(&self) -> Option<&PodRow> {
        let uid = &self.request.body.target.uid;
        self.sight.pods.iter().find(|pod| pod.uid == *uid).map(AsRef::as_ref)
    }

    fn another_is_ready(&self) -> Option<Verdict> {
        let replacement = self.request.preview.blast_radius.replacement.as_ref();
        let Some(Replacement::Controller { kind, name }) = replacement else {
            return Some(self.succeeded(None));
        };
        let kept = |pod: &PodRow| {
            pod.owner.as_ref().is_some_and(|owner| owner.kind == *kind && owner.name == *name)
        };
        let pods = self.sight.pods.iter().map(AsRef::as_ref);
        let new: Vec<_> = pods.filter(|pod| kept(pod) && self.is_new(pod)).collect();
        let is_there = |pod: &&&PodRow| pod.is_ready() || pod.is_completed();
        // Where others went as well, one new pod does not speak for all of them.
        let expected = self.lost().min(new.len()).max(1);
        match new.iter().find(is_there) {
            Some(pod) if new.iter().filter(is_there).count() >= expected => {
                return Some(self.succeeded(Some(pod.name.to_string())));
            }
            _ => {}
        }
        if let Some(broken) = new.iter().find(|pod| pod.is_broken()) {
            return Some(Self::failed(Finding::broken(broken)));
        }
        match new.iter().find(|pod| !is_there(pod)) {
            Some(pod) => {
                let (pod, status) = (pod.name.to_string(), pod.status.clone());
                self.late(Finding::PodLate { pod, status })
            }
            None => self.late(Finding::NoReplacement { kind: kind.clone(), name: name.clone() }),
        }
    }

    /// How many of the pods that were there when the word was given are gone, or let go of.
    fn lost(&self) -> usize {
        let stays =
            |uid: &str| self.sight.pods.iter().any(|pod| pod.uid == uid && pod.owner.is_some());
        self.execution.before.siblings.iter().filter(|uid| !stays(uid)).count()
    }
}
