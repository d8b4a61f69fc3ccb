//! A world with roles to be asked for.

use std::time::Duration;

use domain::{
    audit::{Entry, EntryAction, EntryFilter},
    grants::{AskedRole, ClusterRole, GrantableRole, Ladder, RoleRule, Scan, Standing},
    names::ClusterRoleName,
    testkit,
};
use person::Answer;
use serde_json::{Value, json};

use crate::{asking::Signer, world::World};

pub(crate) const TTL: Duration = Duration::from_hours(1);

pub(crate) fn cluster_role() -> ClusterRoleName {
    "acme:debug".parse().unwrap()
}

/// What its holder may do.
pub(crate) fn shell() -> ClusterRole {
    let set = |text: &str| [text.to_owned()].into();
    let rule = RoleRule {
        api_groups: set(""),
        resources: set("pods/exec"),
        resource_names: [].into(),
        verbs: set("create"),
    };
    ClusterRole { uid: "role-uid".to_owned(), rules: vec![rule], aggregated: false }
}

fn debug(approvals: u32) -> GrantableRole {
    GrantableRole {
        name: "debug".parse().unwrap(),
        cluster_role: cluster_role(),
        summary: "A shell".to_owned(),
        rules: None,
        asking: testkit::approvals(approvals),
        longest: TTL * 2,
        longest_in_all: TTL * 3,
    }
}

pub(crate) fn wish() -> Value {
    json!({
        "cluster": "demo", "namespace": "checkout", "role": "debug", "ttl_seconds": TTL.as_secs(),
        "reason": "the pool leaks", "ticket": "INC-7",
    })
}

impl World {
    /// One with a role that needs so many approvals.
    pub(crate) async fn with_roles(approvals: u32) -> Self {
        let world = Self::new().await;
        world.list_roles(approvals).await;
        world
    }

    /// From now on there is a role that needs so many approvals.
    pub(crate) async fn list_roles(&self, approvals: u32) {
        self.policy.amend(|policy| policy.roles = Ladder(vec![debug(approvals)]));
        self.cluster.grants.define(&cluster_role(), Some(shell()));
        self.console.enforce_policy().await.unwrap();
    }

    /// One in which the engineer asked for the role.
    pub(crate) async fn with_wish(approvals: u32) -> (Self, String, Signer) {
        let world = Self::with_roles(approvals).await;
        let mut engineer = world.signer("engineer").await;
        let asked = engineer.browser.post("/api/v1/grants", wish()).await;
        assert_eq!(asked.status, 201, "{}", asked.body);
        let id = asked.body["id"].as_str().unwrap().to_owned();
        (world, id, engineer)
    }

    /// One in which somebody else of the engineer's team asked for it.
    pub(crate) async fn with_wish_of_another() -> (Self, String) {
        let world = Self::with_roles(1).await;
        let id = world.role_wished_by("on-call").await;
        (world, id)
    }

    /// Somebody asks for the role; its identifier.
    pub(crate) async fn role_wished_by(&self, name: &str) -> String {
        let asked = AskedRole {
            tenant: "demo/checkout".parse().unwrap(),
            role: "debug".parse().unwrap(),
            ttl_seconds: i64::try_from(TTL.as_secs()).unwrap(),
            reason: "the pool leaks".to_owned(),
            ticket: None,
        };
        let grant = self.console.ask_for_role(&self.actor(name), asked).await.unwrap();
        grant.id.to_string()
    }

    /// One in which the engineer holds it.
    pub(crate) async fn with_holder() -> (Self, String, Signer) {
        let (world, id, engineer) = Self::with_wish(1).await;
        world.signer("owner").await.decide_grant(&id, "approve").await.done();
        world.heard_of("grant", "given").await;
        (world, id, engineer)
    }

    /// What the log tells of grants, oldest first.
    pub(crate) async fn told_of_grants(&self) -> Vec<String> {
        let entries = self.grant_entries().await;
        entries.iter().rev().map(|entry| entry.outcome.as_str().to_owned()).collect()
    }

    pub(crate) async fn grant_entries(&self) -> Vec<Entry> {
        let filter = EntryFilter { action: Some(EntryAction::Grant), ..EntryFilter::default() };
        self.entries_of(&filter).await
    }

    /// How many bindings and accounts the cluster holds.
    pub(crate) fn held(&self) -> (usize, usize) {
        let Standing { bindings, accounts } = self.cluster.grants.holds();
        (bindings.len(), accounts.len())
    }

    pub(crate) async fn reconciled(&self) -> usize {
        self.console.reconcile_grants(Scan::Everything).await.unwrap()
    }

    /// What every console does over and over.
    pub(crate) async fn grants_looked_after(&self) {
        self.console.expire_grants().await.unwrap();
        self.console.reconcile_grants(Scan::Everything).await.unwrap();
        self.console.end_grants().await.unwrap();
    }
}

impl Signer {
    pub(crate) async fn grant(&mut self, id: &str) -> Value {
        self.browser.get(&format!("/api/v1/grants/{id}")).await.done()
    }

    pub(crate) async fn grant_options(&mut self, id: &str, decision: &str) -> Answer {
        let path = format!("/api/v1/grants/{id}/signature-options");
        self.browser.post(&path, json!({ "decision": decision })).await
    }

    pub(crate) async fn sign_grant(&mut self, id: &str, decision: &str) -> Value {
        let options = self.grant_options(id, decision).await.done();
        self.authenticator.touch(&options)
    }

    pub(crate) async fn file_grant(
        &mut self,
        id: &str,
        decision: &str,
        credential: &Value,
    ) -> Answer {
        let path = format!("/api/v1/grants/{id}/decisions");
        let body =
            json!({ "decision": decision, "credential": credential, "comment": "as agreed" });
        self.browser.post(&path, body).await
    }

    pub(crate) async fn decide_grant(&mut self, id: &str, decision: &str) -> Answer {
        let credential = self.sign_grant(id, decision).await;
        self.file_grant(id, decision, &credential).await
    }
}
