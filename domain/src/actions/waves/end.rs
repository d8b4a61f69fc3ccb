//! Ending an execution in waves, and noting which of its pods were left.

use std::time::Duration;

use super::{PodPin, advance::Scene, next::Course};
use crate::{
    actions::{Finding, Request, RequestState, Verdict},
    console::Console,
    policy::{Freeze, GuardRail, PolicySnapshot},
    problem::Problem,
    resources::Cluster,
    time::Timestamp,
};

/// How long the right to go on must be missing before it ends.
const RIGHT_MISSING_FOR: Duration = Duration::from_mins(2);

impl Console {
    pub(super) async fn end_waves(
        &self,
        cluster: &dyn Cluster,
        request: Request,
        verdict: Verdict,
    ) -> Result<bool, Problem> {
        let Some((execution, evictions)) = request.waves_under_way() else { return Ok(false) };
        let scene = Scene::of(cluster, &request, evictions);
        let course = Course::of(&request, execution, evictions, scene.sight(self));
        let left = course.left.into_iter().map(PodPin::from).collect();
        self.settle(request.leaving(left), verdict).await
    }

    /// Ends what may go no further, once the right was missing for a while: a replica may be a little behind the policy,
    /// or the calendar, that another one goes by.
    pub(super) async fn end_without_right(
        &self,
        cluster: &dyn Cluster,
        request: Request,
    ) -> Result<bool, Problem> {
        let Some((execution, _)) = request.waves_under_way() else { return Ok(false) };
        let last = execution.waves.last().map_or(execution.intent.at, |wave| wave.at);
        if !self.holds_policy_in_force().await? || self.now() < last.plus(RIGHT_MISSING_FOR) {
            return Ok(false);
        }
        self.end_because(cluster, request, Finding::RightLost).await
    }

    /// Ends what a freeze overtook.
    pub(super) async fn end_frozen(
        &self,
        cluster: &dyn Cluster,
        request: Request,
        freeze: String,
    ) -> Result<bool, Problem> {
        if !self.holds_policy_in_force().await? {
            return Ok(false);
        }
        self.end_because(cluster, request, Finding::Frozen { name: freeze }).await
    }

    async fn end_because(
        &self,
        cluster: &dyn Cluster,
        request: Request,
        reason: Finding,
    ) -> Result<bool, Problem> {
        let Some((execution, _)) = request.waves_under_way() else { return Ok(false) };
        let effect = execution.effect_seen();
        self.end_waves(cluster, request, Verdict::Failed { effect, reason }).await
    }
}

impl Request {
    fn leaving(mut self, left: Vec<PodPin>) -> Self {
        if let RequestState::Executing(execution) = &mut self.state {
            execution.left = Some(left);
        }
        self
    }
}

/// What the freeze is called that stands against the next wave, unless its lifting was asked for and approved.
pub(super) fn standing_freeze(
    policy: &PolicySnapshot,
    request: &Request,
    now: Timestamp,
) -> Option<String> {
    if request.body.lifts.contains(&GuardRail::Freeze) {
        return None;
    }
    Freeze::standing(&policy.policy.freezes, now).map(|freeze| freeze.name.clone())
}
