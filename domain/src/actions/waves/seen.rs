//! How far the waves have come, for whoever watches.

use serde::{Deserialize, Serialize};

use super::{Evictions, PodPin, WavesSight, headroom::Headroom, next::Course};
use crate::{
    actions::{Execution, Request},
    names::Login,
};

/// How far the waves have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WavesSeen {
    /// Pods that are to go.
    pub pods: u32,
    /// Pods that went.
    pub gone: u32,
    /// Pods that are going.
    pub going: u32,
    /// Who has no further wave sent, if somebody does.
    pub stopped_by: Option<Login>,
    /// Disruption budgets that hold pods back now, each as `namespace/name`; only where the person may look.
    pub held_by: Vec<String>,
}

impl WavesSeen {
    /// What is seen; by name only what holds back pods that may be told of.
    pub(crate) fn of(
        request: &Request,
        execution: &Execution,
        evictions: &Evictions,
        sight: WavesSight<'_>,
        visible: impl Fn(&PodPin) -> bool,
    ) -> Self {
        let course = Course::of(request, execution, evictions, sight);
        let headroom = Headroom::of(sight.budgets);
        let left = course.left.iter().filter(|pod| visible(&PodPin::from(**pod)));
        let holding = left.flat_map(|pod| headroom.blocking(pod));
        let mut held_by: Vec<_> =
            holding.map(|budget| format!("{}/{}", budget.namespace, budget.name)).collect();
        held_by.sort();
        held_by.dedup();
        let count = |pods: usize| u32::try_from(pods).unwrap_or(u32::MAX);
        let (all, going) = (evictions.pods.len(), course.going.len());
        Self {
            pods: count(all),
            gone: count(all - going - course.left.len()),
            going: count(going),
            stopped_by: execution.stopped.clone(),
            held_by,
        }
    }
}
