//! Looking a target up and computing what an action on it would do.

use serde::{Deserialize, Serialize};

use super::{ActionKind, BlastRadius, Effect, PreviewReport, Snapshot, Target, TargetRef};
use crate::{
    access::{Act, Actor, Resource, authorise, cluster_user, permit_preview},
    console::Console,
    names::Login,
    policy::{ActionSettings, PolicySnapshot, TicketRule},
    problem::{Problem, ProblemCode},
    resources::{PodRow, workload_of},
    tenants::VisibleTenant,
};

/// What a person sees before they ask for an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What is to be done.
    pub action: ActionKind,
    /// The object, pinned.
    pub target: Target,
    /// What the pages show of it.
    pub pod: PodRow,
    /// What would happen.
    pub preview: PreviewReport,
    /// Approvals it would need.
    pub approvals_needed: u32,
    /// Who may approve it.
    pub approvers: Vec<Login>,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
}

impl Console {
    /// What an action on a target would do, for somebody who may ask for it.
    pub async fn review(
        &self,
        actor: &Actor,
        action: ActionKind,
        target: &TargetRef,
    ) -> Result<Review, Problem> {
        let policy = self.policy();
        let settings = settings(&policy, action)?;
        let tenant = self.visible_tenant(actor, &target.tenant()).await?;
        let act = Act::Ask(action);
        authorise(&policy, actor, act, &tenant.as_resource())?;
        let snapshot = self.look_up(actor, &tenant, target).await?;
        let preview =
            self.preview(&policy, actor, act, &tenant.as_resource(), &tenant, &snapshot).await?;
        let asked = Resource::Request {
            requester: actor.login().clone(),
            tenant: tenant.name.clone(),
            owners: tenant.owners.clone(),
        };
        Ok(Review {
            action,
            approvers: policy.who_may(Act::Decide(action), &asked, actor.login()),
            approvals_needed: settings.approvals,
            ticket: settings.ticket,
            pod: snapshot.pod.as_ref().clone(),
            target: snapshot.target,
            preview,
        })
    }

    /// The target as it is now, read as this person.
    pub(crate) async fn look_up(
        &self,
        actor: &Actor,
        tenant: &VisibleTenant,
        target: &TargetRef,
    ) -> Result<Snapshot, Problem> {
        let user = cluster_user(actor, &tenant.name.cluster)?;
        Ok(tenant.cluster.look_up(user, target).await?)
    }

    /// What the action would do to the target as it was just read.
    pub(crate) async fn preview(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        act: Act,
        resource: &Resource,
        tenant: &VisibleTenant,
        snapshot: &Snapshot,
    ) -> Result<PreviewReport, Problem> {
        let permit = permit_preview(policy, actor, act, resource, &snapshot.target)?;
        let effect = Effect::of(permit.scope().action, &snapshot.target);
        let dry_run = tenant.cluster.dry_run(&permit, &effect).await?;
        let namespace = &tenant.name.namespace;
        let workload = workload_of(tenant.cluster.as_ref(), namespace, &snapshot.pod);
        let budgets = tenant.cluster.budgets(namespace);
        let blast_radius = BlastRadius::of_losing(
            &snapshot.pod,
            workload.as_ref(),
            budgets.iter().map(AsRef::as_ref),
        );
        Ok(PreviewReport {
            dry_run,
            blast_radius,
            target_status: snapshot.pod.status.clone(),
            resource_version: snapshot.resource_version.clone(),
            computed_at: self.now(),
        })
    }
}

/// What the policy in force says of an action; without that it cannot be asked for.
pub(crate) fn settings(
    policy: &PolicySnapshot,
    action: ActionKind,
) -> Result<&ActionSettings, Problem> {
    policy.policy.actions.get(&action).ok_or_else(|| {
        Problem::from(ProblemCode::Refused)
            .with("act", Act::Ask(action))
            .with("rule", "not-in-actions.toml")
    })
}
