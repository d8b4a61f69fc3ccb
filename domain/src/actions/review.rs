//! Looking a target up and computing what an action on it would do.

use std::collections::BTreeSet;

use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{
    ActionKind, Around as AroundTarget, BlastRadius, Effect, Evictions, Fate, Fated,
    InvalidRequest, MOST_PODS, Neighbours, Parameters, PodPin, PreviewReport, RailSight, Reach,
    Reads, Request, Snapshot, Subject, Target, TargetRef, TenantReach, Tripped, Unsuited,
    blast_radius::Around,
    field_changes, merged,
    request::{approvals_needed, check_form, usual_approvals},
    waves::{Rehearsal, by_tenant},
};
use crate::{
    access::{Act, Actor, Resource, authorise, permit_preview},
    actions::{Change, Part},
    approvals::Quorum,
    console::Console,
    ids::{GrantId, RequestId},
    names::Login,
    policy::{ActionSettings, ApproverGroup, GuardRail, PolicySnapshot, TicketRule},
    problem::{Problem, ProblemCode},
    resources::Cluster,
    tenants::{TenantName, VisibleTenant},
    time::Timestamp,
};

/// How many tenants are asked about at once.
const REVIEWS_AT_ONCE: usize = 16;

/// What a person sees before they ask for an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What is to be done.
    pub action: ActionKind,
    /// The object, pinned.
    pub target: Target,
    /// How.
    pub parameters: Parameters,
    /// What would happen.
    pub preview: PreviewReport,
    /// What a person with the power would type instead.
    pub kubectl: String,
    /// The guard rails that would have to be lifted.
    pub lifts: Vec<GuardRail>,
    /// Approvals it would need, with these lifted; absent where one cannot be lifted.
    pub approvals_needed: Option<u32>,
    /// The person's break-glass session that is live there: within it no approval is needed but to lift guard rails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<GrantId>,
    /// Groups of each of which somebody must approve.
    pub approvals_from: Vec<ApproverGroup>,
    /// Who may approve it.
    pub approvers: Vec<Login>,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
    /// What a ticket looks like.
    pub ticket_pattern: Option<String>,
}

/// An action with its parameters: asked for, or only looked at.
#[derive(Clone, Copy)]
pub(crate) struct Proposal<'a> {
    pub(crate) action: ActionKind,
    pub(crate) parameters: &'a Parameters,
    pub(crate) request: Option<RequestId>,
    pub(crate) asked_at: Timestamp,
    /// The pods that were pinned when it was asked for.
    pub(crate) pinned: Option<&'a Evictions>,
}

impl<'a> From<&'a Request> for Proposal<'a> {
    fn from(request: &'a Request) -> Self {
        Self {
            action: request.body.action,
            parameters: &request.body.parameters,
            request: Some(request.body.id),
            asked_at: request.body.created_at,
            pinned: request.pinned.as_ref(),
        }
    }
}

impl Proposal<'_> {
    fn on<'a>(&'a self, snapshot: &'a Snapshot) -> Subject<'a> {
        Subject {
            object: &snapshot.object,
            revisions: &snapshot.revisions,
            pods: &snapshot.pods,
            parameters: self.parameters,
            request: self.request,
            asked_at: self.asked_at,
        }
    }

    /// What it would do to the target as it was just read.
    pub(crate) fn effect(&self, snapshot: &Snapshot) -> Result<Effect, InvalidRequest> {
        check_form(self.action, &snapshot.target, self.parameters)?;
        let change = match self.pinned {
            Some(pinned) => Change::Evictions(pinned.clone()),
            None => self.action.declaration().change(&self.on(snapshot))?,
        };
        if change.evictions().is_some_and(|it| it.pods.len() > MOST_PODS) {
            return Err(InvalidRequest::Unsuited(Unsuited::TooManyPods));
        }
        Ok(Effect { target: snapshot.target.clone(), change })
    }

    /// What becomes of each pod now. Once they are pinned, no other is touched.
    fn fates(&self, snapshot: &Snapshot) -> Vec<Fated> {
        let mut fates = self.action.declaration().fates(&self.on(snapshot));
        if let Some(pinned) = self.pinned {
            let is_pinned = |it: &Fated| pinned.pods.iter().any(|pod| pod.uid == it.pod.uid);
            for new in fates.iter_mut().filter(|it| it.fate.is_taken() && !is_pinned(it)) {
                new.fate = Fate::CameSince;
            }
        }
        fates
    }

    fn reach(&self, snapshot: &Snapshot) -> Reach {
        self.action.declaration().reach(&self.on(snapshot))
    }
}

impl Console {
    /// What an action on a target would do, for somebody who may ask for it.
    pub async fn review(
        &self,
        actor: &Actor,
        action: ActionKind,
        target: &TargetRef,
        parameters: Parameters,
    ) -> Result<Review, Problem> {
        let policy = self.policy();
        let settings = settings(&policy, action)?;
        let tenant = self.visible_tenant(actor, &target.tenant()).await?;
        let act = Act::Ask(action);
        authorise(&policy, actor, act, &tenant.as_resource())?;
        let snapshot = self.look_up(actor, &tenant, action, target).await?;
        let proposal = Proposal {
            action,
            parameters: &parameters,
            request: None,
            asked_at: self.now(),
            pinned: None,
        };
        let resource = tenant.as_resource();
        let preview =
            self.preview(&policy, actor, act, &resource, &tenant, &snapshot, proposal).await?;
        let lifts: Vec<_> = preview.tripped.iter().map(|tripped| tripped.rail).collect();
        let tier = policy.policy.tiers.of(&tenant.name);
        let asked = Resource::Request {
            requester: actor.login().clone(),
            tenant: tenant.name.clone(),
            owners: tenant.owners.clone(),
        };
        let session = self.session_for(actor, action, &tenant.name).await?;
        let usual = usual_approvals(settings, tier, session);
        let needed = approvals_needed(usual, &preview.tripped, &lifts).ok();
        let needed_now = needed.unwrap_or_default();
        let asking = Some(&settings.asking).filter(|_| session.is_none() || needed_now > 0);
        let quorum = Quorum::new(&policy, asking, &tenant.name, actor.login(), needed_now);
        let eligible = policy.who_may_decide(action, &lifts, &asked, actor.login());
        let approvers = quorum.open_to(eligible, &[]);
        Ok(Review {
            action,
            approvers,
            approvals_from: asking.map_or_else(Vec::new, |it| it.approvals_from(tier).to_vec()),
            approvals_needed: needed,
            session,
            kubectl: action.declaration().kubectl(target, &parameters),
            ticket: settings.asking.ticket,
            ticket_pattern: settings.asking.ticket_pattern.clone(),
            target: snapshot.target,
            parameters,
            preview,
            lifts,
        })
    }

    /// The target as it is now, read as this person, with all that the action is told from.
    pub(crate) async fn look_up(
        &self,
        actor: &Actor,
        tenant: &VisibleTenant,
        action: ActionKind,
        target: &TargetRef,
    ) -> Result<Snapshot, Problem> {
        if !action.declaration().targets().contains(&target.kind) {
            return Err(InvalidRequest::WrongKind { kind: target.kind.to_string() }.into());
        }
        let reads = action.declaration().reads();
        let snapshot = tenant.look_up(actor, target, reads).await?;
        match reads {
            Reads::Pods => snapshot.with_pods(tenant.cluster.as_ref()),
            Reads::Target | Reads::Revisions => Ok(snapshot),
        }
    }

    /// What the action would do to the target as it was just read.
    #[expect(clippy::too_many_arguments, reason = "who asks, by which right, what, and to what")]
    pub(crate) async fn preview(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        act: Act,
        resource: &Resource,
        tenant: &VisibleTenant,
        snapshot: &Snapshot,
        proposal: Proposal<'_>,
    ) -> Result<PreviewReport, Problem> {
        let effect = proposal.effect(snapshot)?;
        let permit = permit_preview(policy, actor, act, resource, &snapshot.target)?;
        let found = self.bounds(policy, tenant.cluster.as_ref(), snapshot, proposal).await?;
        let visible = self.visible_among(actor, found.blast_radius.tenants()).await;
        let dry_run = match &effect.change {
            Change::Evictions(evictions) => {
                let seen = |it: &PodPin| snapshot.pods.iter().any(|pod| pod.uid == it.uid);
                let pods: Vec<_> = evictions.pods.iter().filter(|it| seen(it)).cloned().collect();
                let rehearsal = Rehearsal { target: &snapshot.target, evictions, pods: &pods };
                rehearsal.ask(tenant.cluster.as_ref(), &permit).await?
            }
            _ => tenant.cluster.dry_run(&permit, &effect).await?,
        };
        Ok(PreviewReport {
            changes: changes(&effect, snapshot, dry_run.after),
            dry_run: dry_run.verdict,
            blast_radius: found.blast_radius,
            tripped: found.tripped,
            neighbours: found.neighbours.but(proposal.request),
            target_status: snapshot.status.clone(),
            resource_version: snapshot.resource_version.clone(),
            computed_at: self.now(),
        }
        .seen_in(&visible))
    }

    /// Those of these tenants that the person may see.
    pub(crate) async fn visible_among(
        &self,
        actor: &Actor,
        tenants: impl IntoIterator<Item = TenantName, IntoIter: Send>,
    ) -> BTreeSet<TenantName> {
        let asked = tenants.into_iter().map(|tenant| async move {
            let seen = self.visible_tenant(actor, &tenant).await.is_ok();
            seen.then_some(tenant)
        });
        let asked: Vec<_> = asked.collect();
        let seen: Vec<_> = stream::iter(asked).buffer_unordered(REVIEWS_AT_ONCE).collect().await;
        seen.into_iter().flatten().collect()
    }

    /// How far an action reaches, and the guard rails that stand against it.
    pub(crate) async fn bounds(
        &self,
        policy: &PolicySnapshot,
        cluster: &dyn Cluster,
        snapshot: &Snapshot,
        proposal: Proposal<'_>,
    ) -> Result<Bounds, Problem> {
        let rails = &settings(policy, proposal.action)?.guard_rails;
        let reach = proposal.reach(snapshot);
        let around = Around::of(cluster, &snapshot.target.namespace);
        let mut blast_radius = BlastRadius::of(snapshot, reach, around.told());
        if let Reach::InWaves { missing } = reach {
            let tenants = by_tenant(&snapshot.target.cluster, proposal.fates(snapshot));
            blast_radius.reached = tenants
                .into_iter()
                .map(|(tenant, pods)| {
                    let around = Around::of(cluster, &tenant.namespace);
                    TenantReach::of(tenant, &pods, missing, around.told())
                })
                .collect();
        }
        let now = self.now();
        let since = rails.rate.map_or(now, |rate| now.minus(rate.within));
        let workload = blast_radius.workload.as_ref();
        let asked = AroundTarget { target: &snapshot.target, workload, since };
        let neighbours = self.ports.requests.around(asked).await?;
        let sight = RailSight {
            blast_radius: &blast_radius,
            neighbours: &neighbours,
            freezes: &policy.policy.freezes,
            now,
        };
        let tripped = rails.tripped(sight);
        Ok(Bounds { blast_radius, neighbours, tripped })
    }
}

/// How far an action reaches, and what stands against it.
pub(crate) struct Bounds {
    blast_radius: BlastRadius,
    neighbours: Neighbours,
    pub(crate) tripped: Vec<Tripped>,
}

/// The fields that would be others. Where the cluster would refuse, those that are asked for, without what admission
/// makes of them: nobody signs what they were not shown.
fn changes(
    effect: &Effect,
    snapshot: &Snapshot,
    after: Option<serde_json::Value>,
) -> Vec<super::FieldChange> {
    let before = &snapshot.object;
    let asked_for = || match &effect.change {
        Change::Patch { patch, .. } | Change::Evictions(Evictions { first: Some(patch), .. }) => {
            merged(before, patch)
        }
        Change::Create { object, .. } => object.clone(),
        Change::Evict | Change::Delete { .. } | Change::Evictions(_) => before.clone(),
    };
    let after = after.unwrap_or_else(asked_for);
    match &effect.change {
        Change::Patch { part: Part::Whole, .. } | Change::Evictions(_) => {
            field_changes(before, &after)
        }
        // What is answered is the subresource: it holds the number and nothing else of the object.
        Change::Patch { part: Part::Scale, .. } => {
            // A size of zero is left out there.
            let replicas = after["spec"]["replicas"].as_u64().unwrap_or(0);
            let replicas = serde_json::json!({"spec": {"replicas": replicas}});
            field_changes(before, &merged(before, &replicas))
        }
        Change::Create { .. } => field_changes(&serde_json::Value::Null, &after),
        Change::Evict | Change::Delete { .. } => Vec::new(),
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
