//! The console's desk: what the on-call wishes is asked for and carried out by the console's own use cases. People,
//! signatures and stores are paper here; the policy and the cluster are not.

mod drawer;
mod evidence;
mod grants;
mod in_force;
mod people;
mod signatures;

use std::{sync::Arc, time::Duration};

use domain::{
    access::{Act, Actor, Permit, Preview, Resource, permit_preview},
    actions::{
        Action, ActionKind, Asked, LastLines, Parameters, ReadyEffect, RequestState, Review,
        Target, TargetKind, TargetRef, Verdict,
    },
    approvals::Decision,
    console::{Console, Ports},
    identity::{CeremonyId, SessionLimits},
    ids::{RequestId, SessionId},
    names::ClusterName,
    problem::Problem,
    resources::{Cluster, Clusters},
    testkit::{ManualClock, Shelf, Silence},
    time::Clock,
};
use sekisho::identity::SystemIds;
use serde_json::Value;
use uuid::Uuid;

use self::{drawer::Drawer, in_force::InForce, people::People, signatures::Signatures};
use crate::{
    policy,
    stage::{Stage, eventually},
};

/// A console over the stage's cluster.
pub(crate) struct Desk<'a> {
    stage: &'a Stage,
    console: Console,
    drawer: Arc<Drawer>,
    shelf: Arc<Shelf>,
    people: Arc<People>,
    clock: Arc<ManualClock>,
}

/// What the on-call wants done.
#[derive(Clone)]
pub(crate) struct Wish {
    pub(crate) action: ActionKind,
    pub(crate) target: TargetRef,
    pub(crate) parameters: Parameters,
}

struct OneCluster(Arc<dyn Cluster>);

impl Clusters for OneCluster {
    fn cluster(&self, name: &ClusterName) -> Option<Arc<dyn Cluster>> {
        (self.0.name() == name).then(|| Arc::clone(&self.0))
    }

    fn all(&self) -> Vec<Arc<dyn Cluster>> {
        vec![Arc::clone(&self.0)]
    }
}

impl Wish {
    /// To do this to that object of the stage.
    pub(crate) fn to(
        stage: &Stage,
        action: &'static dyn Action,
        (kind, name): (TargetKind, &str),
        parameters: Value,
    ) -> Self {
        let parameters = parameters.as_object().unwrap().clone();
        Self { action: ActionKind::of(action), target: stage.target(kind, name), parameters }
    }
}

impl<'a> Desk<'a> {
    pub(crate) fn at(stage: &'a Stage) -> Self {
        let (drawer, people) = (Arc::new(Drawer::default()), Arc::new(People::default()));
        let shelf = Arc::new(Shelf::default());
        let console = Console::new(Ports {
            clock: stage.clock.clone(),
            // Names of what is made come of these, and the audit log of the real cluster tells of all scenarios.
            ids: Arc::new(SystemIds::new(stage.clock.clone())),
            policy: Arc::new(policy::in_force()),
            policy_store: Arc::new(InForce),
            clusters: Arc::new(OneCluster(Arc::clone(&stage.cluster))),
            identity: people.clone(),
            requests: drawer.clone(),
            grants: shelf.clone(),
            reviews: shelf.clone(),
            recoveries: shelf.clone(),
            entries: drawer.clone(),
            outbox: Arc::new(Silence),
            courier: Arc::new(Silence),
            relying_party: Arc::new(Signatures),
            session_limits: SessionLimits::default(),
        });
        Self { stage, console, drawer, shelf, people, clock: stage.clock.clone() }
    }

    /// What the wish would do now.
    pub(crate) async fn review(&self, wish: &Wish) -> Result<Review, Problem> {
        let Wish { action, target, parameters } = wish.clone();
        self.console.review(&on_call(), action, &target, parameters).await
    }

    /// Asks for it; two people approve.
    pub(crate) async fn approved(&self, wish: &Wish) -> RequestId {
        let Wish { action, target, parameters } = wish.clone();
        let reason = "the contract".to_owned();
        let asked = Asked { action, target, parameters, lifts: Vec::new(), reason, ticket: None };
        let id = self.console.submit(&on_call(), asked).await.unwrap().id;
        let now = self.clock.now();
        for approver in policy::APPROVERS {
            self.drawer.write_on(id, |request| {
                let approval = signatures::signed(approver, Decision::Approve, &request, now);
                request.approve(approval, Duration::from_mins(15), now).unwrap()
            });
        }
        assert!(matches!(self.state(id), RequestState::Approved { .. }));
        id
    }

    /// The requester's touch: commits the intent.
    pub(crate) async fn begin(&self, id: RequestId) -> ReadyEffect {
        self.try_begin(id).await.unwrap()
    }

    /// The same, where it may be refused.
    pub(crate) async fn try_begin(&self, id: RequestId) -> Result<ReadyEffect, Problem> {
        let request = self.drawer.get(id).unwrap();
        self.people.expect(signatures::ceremony(&on_call(), &request, self.clock.now()));
        let (browser, credential) = (CeremonyId::new([3; 32]), signatures::credential());
        let begun = self.console.begin_execution(&on_call(), &browser, id, &credential).await;
        begun.map(|(_, ready)| ready)
    }

    /// Carries it out; answers where the request stands then.
    pub(crate) async fn carry_out(&self, id: RequestId, ready: ReadyEffect) -> RequestState {
        self.console.carry_out(ready).await.unwrap();
        self.state(id)
    }

    /// Carries the wish out, up to the point where the cluster has accepted it.
    pub(crate) async fn sent(&self, wish: &Wish) -> RequestId {
        let id = self.approved(wish).await;
        let state = self.carry_out(id, self.begin(id).await).await;
        let accepted =
            matches!(&state, RequestState::Executing(execution) if execution.accepted.is_some());
        assert!(accepted, "{state:?}");
        id
    }

    /// Gives the word for what goes in waves; none is sent yet.
    pub(crate) async fn waved(&self, wish: &Wish) -> RequestId {
        let id = self.approved(wish).await;
        let state = self.carry_out(id, self.begin(id).await).await;
        assert!(matches!(state, RequestState::Executing(_)), "{state:?}");
        id
    }

    /// What is seen to have come of it in the end.
    pub(crate) async fn verdict(&self, id: RequestId) -> Verdict {
        eventually("a verdict", async || self.verdict_so_far(id).await).await
    }

    /// What is seen of it now; nothing while it is not over.
    pub(crate) async fn verdict_so_far(&self, id: RequestId) -> Option<Verdict> {
        self.console.settle_executions().await.unwrap();
        self.console.advance_waves().await.unwrap();
        Some(self.state(id).outcome()?.verdict.clone())
    }

    /// Grants a wish: it succeeds, and the cluster's own audit log tells of it as it was. Answers what was made.
    pub(crate) async fn grants(&self, wish: &Wish) -> Option<String> {
        let id = self.sent(wish).await;
        let verdict = self.verdict(id).await;
        let Verdict::Succeeded { made, audit_id } = verdict else { panic!("{verdict:?}") };
        let told = evidence::of_one_write(self.stage, wish.action, id).await;
        assert_eq!(audit_id.as_deref(), told["auditID"].as_str());
        made
    }

    /// The last lines of what fails of it, as the on-call sees them.
    pub(crate) async fn last_lines(&self, id: RequestId) -> Option<LastLines> {
        self.console.progress(&on_call(), id).await.unwrap().last_lines
    }

    pub(crate) fn state(&self, id: RequestId) -> RequestState {
        self.drawer.get(id).unwrap().state
    }
}

fn on_call() -> Actor {
    Actor::new(policy::person(policy::ON_CALL), SessionId::new(Uuid::nil()))
}

/// Leave for the on-call to ask what an action on that target would do.
pub(crate) fn preview_permit(action: ActionKind, target: &Target) -> Permit<Preview> {
    let owners = vec!["owners".parse().unwrap()];
    let tenant = Resource::Tenant { name: target.tenant(), owners };
    permit_preview(&policy::snapshot(), &on_call(), Act::Ask(action), &tenant, target).unwrap()
}
