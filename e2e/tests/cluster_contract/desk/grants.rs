//! Roles for the on-call: asked for, agreed to on paper, given and taken away by the console's own use cases.

use std::time::Duration;

use domain::{
    access::Actor,
    approvals::{Decided, Decision},
    grants::{AskedRole, Grant, GrantStateName, GrantStore, GrantView, Kubeconfig},
    identity::CeremonyId,
    ids::{GrantId, SessionId},
    problem::Problem,
    tenants::TenantName,
    time::Clock,
};
use uuid::Uuid;

use super::{Desk, on_call, signatures};
use crate::policy;

/// For how long a role is asked.
pub(crate) const TTL: Duration = Duration::from_hours(1);

impl Desk<'_> {
    /// Asks for the role of that name where the scenario is played.
    pub(crate) async fn ask_for_role(&self, role: &str) -> Result<GrantView, Problem> {
        let asked = AskedRole {
            tenant: TenantName {
                cluster: self.stage.cluster.name().clone(),
                namespace: self.stage.namespace.clone(),
            },
            role: role.parse().unwrap(),
            ttl_seconds: i64::try_from(TTL.as_secs()).unwrap(),
            reason: "the contract".to_owned(),
            ticket: None,
        };
        self.console.ask_for_role(&on_call(), asked).await
    }

    /// Asks for it; somebody approves, and the cluster is told.
    pub(crate) async fn given(&self, role: &str) -> Grant {
        let asked = self.ask_for_role(role).await.unwrap();
        self.approve(&asked).await.unwrap();
        let grant = self.grant(asked.id).await;
        assert_eq!(grant.state.name(), GrantStateName::Active, "{grant:?}");
        grant
    }

    pub(crate) async fn approve(&self, asked: &GrantView) -> Result<(), Problem> {
        let [approver, _] = policy::APPROVERS;
        let actor = Actor::new(policy::person(approver), SessionId::new(Uuid::nil()));
        let (cluster, now) = (self.stage.cluster.uid().unwrap(), self.clock.now());
        self.people.expect(signatures::grant_ceremony(&actor, asked, &cluster, now));
        let decided = Decided {
            decision: Decision::Approve,
            credential: signatures::credential_of(approver),
            comment: None,
        };
        let browser = CeremonyId::new([3; 32]);
        let (_, ready) = self.console.decide_grant(&actor, &browser, asked.id, decided).await?;
        self.console.give(ready.unwrap()).await
    }

    /// Gives it back, and takes it away.
    pub(crate) async fn taken(&self, id: GrantId) -> bool {
        self.try_taken(id).await.unwrap()
    }

    /// The same, where something may keep it.
    pub(crate) async fn try_taken(&self, id: GrantId) -> Result<bool, Problem> {
        self.console.return_grant(&on_call(), id).await?;
        self.console.end_now(id).await
    }

    /// Takes away what is to end.
    pub(crate) async fn end_now(&self, id: GrantId) -> bool {
        self.console.end_now(id).await.unwrap()
    }

    /// What its holder is handed.
    pub(crate) async fn kubeconfig(&self, id: GrantId) -> Result<Kubeconfig, Problem> {
        self.console.kubeconfig(&on_call(), id).await
    }

    pub(crate) async fn grant(&self, id: GrantId) -> Grant {
        self.shelf.grant(id).await.unwrap().unwrap()
    }
}
