//! What the page of an object reads.

use domain::{
    actions::TargetRef,
    resources::{NodeDetail, PodDetail, WorkloadDetail},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// An object, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Detail {
    /// A pod.
    Pod(Box<PodDetail>),
    /// A workload.
    Workload(Box<WorkloadDetail>),
    /// A node.
    Node(Box<NodeDetail>),
    /// An object that is there, but that nobody watches.
    Unwatched,
}

impl Detail {
    /// What decides about what may be done: another object, other labels, another spec, another end.
    pub(super) fn mark(&self) -> String {
        match self {
            Self::Pod(detail) => format!("{} {:?}", detail.pod.uid, detail.pod.labels),
            Self::Workload(detail) => {
                let workload = &detail.workload;
                let ended = workload.is_complete() || workload.is_stuck();
                format!("{} {} {ended}", workload.uid, workload.generation)
            }
            Self::Node(detail) => {
                let node = &detail.load.node;
                format!("{} {}", node.uid, node.status)
            }
            Self::Unwatched => String::new(),
        }
    }
}

/// One object, if this person may see its tenant.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_object(target: TargetRef) -> Result<Detail, Failure> {
    use domain::actions::TargetKind;

    let Caller { console, actor } = Caller::current()?;
    match target.kind {
        TargetKind::Pod => answer(console.pod(&actor, &target.tenant(), &target.name).await)
            .map(|detail| Detail::Pod(Box::new(detail))),
        TargetKind::Node => {
            answer(console.node(&actor, &target).await).map(|detail| Detail::Node(Box::new(detail)))
        }
        // Only the cluster itself knows whether there is one, and it is asked as this person.
        TargetKind::HorizontalPodAutoscaler => {
            answer(console.offers(&actor, &target).await).map(|_| Detail::Unwatched)
        }
        _ => answer(console.workload(&actor, &target).await)
            .map(|detail| Detail::Workload(Box::new(detail))),
    }
}
