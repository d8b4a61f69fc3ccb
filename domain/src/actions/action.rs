//! What tells one action from another: everything, in one declaration.
//!
//! Form, checks, preview, effect, outcome, rules of the cluster, API, the equivalent `kubectl` command and the page of
//! the documentation are all made from it.

use std::sync::Arc;

use serde_json::Value;

use super::{
    Change, Fated, FieldChange, InvalidRequest, Parameter, Parameters, PodPin, Revision,
    TargetKind, TargetRef,
};
use crate::{ids::RequestId, resources::PodRow, time::Timestamp};

/// A kind of emergency action. One file of [`catalogue`](super::catalogue) implements it.
pub trait Action: Send + Sync {
    /// Its name: in the API, in `actions.toml`, in the group `sekisho:act:<name>`.
    fn name(&self) -> &'static str;

    /// What it does, for the documentation and the API: one sentence in English.
    fn summary(&self) -> &'static str;

    /// The kinds of object it is done to.
    fn targets(&self) -> &'static [TargetKind];

    /// What a person says beside the target.
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    /// What the cluster must let its group do, and nothing else.
    fn powers(&self) -> &'static [Power];

    /// Whether it is told from what the target was before as well.
    fn reads(&self) -> Reads {
        Reads::Target
    }

    /// What its parameters would be if nothing changed, where the target says so.
    fn current(&self, _object: &Value) -> Parameters {
        Parameters::new()
    }

    /// What it does to the target, given checked parameters.
    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest>;

    /// Which pods it takes away.
    fn reach(&self, subject: &Subject<'_>) -> Reach;

    /// What becomes of each pod of the target, where it takes them away [in waves](Reach::InWaves).
    fn fates(&self, _subject: &Subject<'_>) -> Vec<Fated> {
        Vec::new()
    }

    /// What must be seen for it to have succeeded.
    fn follow(&self) -> Follow;

    /// The action that undoes it or mends what it broke, where one does.
    fn way_back(&self) -> Option<&'static str> {
        None
    }

    /// The parameters by which its [way back](Action::way_back) leads to what these fields were before.
    fn undone(&self, _changes: &[FieldChange]) -> Parameters {
        Parameters::new()
    }

    /// The parameters with which it is asked for once more where these pods were left, as it takes them away
    /// [in waves](Reach::InWaves).
    fn once_more(&self, parameters: &Parameters, _left: &[PodPin]) -> Parameters {
        parameters.clone()
    }

    /// What a person would type instead, with powers that nobody has.
    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String;
}

/// What an action is told from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The object as it is now, as the API server writes it.
    pub object: &'a Value,
    /// What it was before, newest first; empty unless the action [reads](Action::reads) it.
    pub revisions: &'a [Revision],
    /// Its pods, as the watches know them; empty unless the action [reads](Action::reads) them.
    pub pods: &'a [Arc<PodRow>],
    /// What the person said.
    pub parameters: &'a Parameters,
    /// The request; absent while a person only looks.
    pub request: Option<RequestId>,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// What is read to tell an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// The target alone.
    Target,
    /// The target and its earlier revisions.
    Revisions,
    /// The target and its pods: those that a workload keeps, or that are on a node.
    Pods,
}

/// Which pods an action takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// None.
    NoPod,
    /// The target, which is one.
    ThePod,
    /// All of the workload's, some at a time, each replaced.
    EachInTurn,
    /// As many as an autoscaler then chooses to, between these two.
    Within {
        /// The least that are left.
        least: u32,
        /// The most.
        most: u32,
    },
    /// As many as are above this number; or adds as many as are missing.
    DownTo(u32),
    /// Those whose [fate](Action::fates) it is.
    InWaves {
        /// How many may be missing before others take their place.
        missing: u32,
    },
}

/// What must be seen for an action to have succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// The pod is gone, and where a controller keeps it, another one is ready.
    Replacement,
    /// The pod stays, its controller let go of it, and another one is ready.
    Release,
    /// Every pod of the workload is ready and of the newest template, but those that a partition holds back.
    Rollout,
    /// The workload has as many pods as asked for, and all of them are ready.
    Replicas,
    /// The object is as the change wants it.
    Change,
    /// The object that was made runs or has run.
    Start,
    /// The job has ended and keeps no pod.
    End,
    /// Every pod that was to go is gone.
    Waves(Until),
}

/// What is waited for before a pod that was sent away counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It is gone.
    Gone,
    /// It is gone, and another one is ready in its place.
    Replaced,
}

/// What the cluster must let an action's group do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    /// The API group; empty for the core.
    pub group: &'static str,
    /// The resources, with a subresource behind a slash.
    pub resources: &'static [&'static str],
    /// The verbs.
    pub verbs: &'static [&'static str],
}
