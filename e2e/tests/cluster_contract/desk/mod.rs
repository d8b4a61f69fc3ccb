//! The console's desk, as far as a restart needs it: an approved request in a drawer, and the use cases
//! that carry it out. People, signatures and stores are paper here; the cluster is not.

mod drawer;
mod people;
mod policy;
mod signatures;

use std::sync::Arc;

use domain::{
    access::{Act, Actor, Permit, Preview, Resource, permit_preview},
    actions::{ActionKind, NewRequest, Parameters, ReadyEffect, Request, RequestState, Target},
    approvals::Decision,
    console::{Console, Ports},
    identity::{CeremonyId, SessionLimits},
    ids::{Ids, RequestId, SessionId},
    names::ClusterName,
    resources::{Cluster, Clusters},
    testkit::{SeededIds, Silence},
    time::Clock,
};
use uuid::Uuid;

use self::{drawer::Drawer, people::People, policy::snapshot, signatures::Signatures};
use crate::stage::Stage;

/// A console with one approved request of the on-call.
pub(crate) struct Desk {
    console: Console,
    drawer: Arc<Drawer>,
    request: RequestId,
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

impl Desk {
    /// A restart of that pod that two people approved.
    pub(crate) async fn with_approved_restart(stage: &Stage, pod: &str) -> Self {
        let (drawer, people, ids) =
            (Arc::new(Drawer::default()), Arc::new(People::default()), Arc::new(SeededIds::new(1)));
        let policy = Arc::new(policy::InForce::new());
        let settings = policy.settings();
        let console = Console::new(Ports {
            clock: stage.clock.clone(),
            ids: ids.clone(),
            policy: policy.clone(),
            policy_store: policy,
            clusters: Arc::new(OneCluster(Arc::clone(&stage.cluster))),
            identity: people.clone(),
            requests: drawer.clone(),
            entries: drawer.clone(),
            outbox: Arc::new(Silence),
            courier: Arc::new(Silence),
            relying_party: Arc::new(Signatures),
            session_limits: SessionLimits::default(),
        });
        let action = ActionKind::RestartPod;
        let review = console.review(&on_call(), action, &stage.target(pod)).await.unwrap();
        let new = NewRequest {
            id: RequestId::new(ids.uuid()),
            action,
            target: review.target,
            parameters: Parameters::new(),
            requester: on_call().login().clone(),
            reason: "the contract".to_owned(),
            ticket: None,
        };
        let now = stage.clock.now();
        let mut request = Request::ask(new, &settings, review.preview, now).unwrap();
        for approver in [policy::APPROVER, policy::SECOND] {
            let approval = signatures::signed(approver, Decision::Approve, &request, now);
            request = request.approve(approval, settings.approval_ttl, now).unwrap();
        }
        assert!(matches!(request.state, RequestState::Approved { .. }));
        people.expect(signatures::ceremony(&on_call(), &request, now));
        let id = request.body.id;
        drawer.put(request);
        Self { console, drawer, request: id }
    }

    /// Commits the intent.
    pub(crate) async fn begin(&self) -> ReadyEffect {
        let browser = CeremonyId::new([3; 32]);
        let credential = signatures::credential();
        let begun =
            self.console.begin_execution(&on_call(), &browser, self.request, &credential).await;
        begun.unwrap().1
    }

    /// Carries it out; answers where the request stands then.
    pub(crate) async fn carry_out(&self, ready: ReadyEffect) -> RequestState {
        self.console.carry_out(ready).await.unwrap();
        self.drawer.get(self.request).unwrap().state
    }

    /// The request.
    pub(crate) fn request(&self) -> RequestId {
        self.request
    }
}

fn on_call() -> Actor {
    Actor::new(Arc::new(policy::person(policy::ON_CALL)), SessionId::new(Uuid::nil()))
}

/// Leave for the on-call to ask what a restart of that pod would do.
pub(crate) fn preview_permit(target: &Target) -> Permit<Preview> {
    let tenant = Resource::Tenant { name: target.tenant(), owners: Vec::new() };
    let act = Act::Ask(ActionKind::RestartPod);
    permit_preview(&snapshot(), &on_call(), act, &tenant, target).unwrap()
}
