//! A policy that allows everything to everybody it lists: what is tested here is the cluster's own word.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    access::{Question, Rules, Verdict},
    actions::ActionKind,
    audit::{Entry, EntryDraft},
    canonical::Digest,
    names::TeamName,
    policy::{
        ActionSettings, Ownership, Person, Policy, PolicyDigest, PolicySnapshot, PolicySource,
        PolicyStatus, PolicyStore, PutInForceError, TicketRule,
    },
    store::StoreError,
    tenants::TenantName,
    testkit::ManualClock,
    time::Clock,
};

use crate::rbac;

pub(crate) const ON_CALL: &str = "on-call";
pub(crate) const APPROVER: &str = "approver";
pub(crate) const SECOND: &str = "second-on-call";

struct Everything;

impl Rules for Everything {
    fn decide(&self, _question: Question<'_>) -> Verdict {
        Verdict::Allowed { by: vec!["the-contract".to_owned()] }
    }
}

struct Nobody;

impl Ownership for Nobody {
    fn owners(&self, _tenant: &TenantName) -> Vec<TeamName> {
        Vec::new()
    }
}

pub(crate) fn person(login: &str) -> Person {
    let cluster_users = match login {
        ON_CALL => [("main".parse().unwrap(), rbac::ON_CALL.parse().unwrap())].into(),
        _ => BTreeMap::new(),
    };
    Person {
        login: login.parse().unwrap(),
        name: login.to_owned(),
        teams: [].into(),
        roles: [].into(),
        cluster_users,
    }
}

pub(crate) fn snapshot() -> PolicySnapshot {
    let people = [ON_CALL, APPROVER, SECOND].map(person);
    let settings = ActionSettings {
        approvals: 2,
        request_ttl: Duration::from_hours(1),
        approval_ttl: Duration::from_mins(15),
        execution_deadline: Duration::from_secs(30),
        settle_within: Duration::from_mins(5),
        ticket: TicketRule::Optional,
    };
    PolicySnapshot {
        policy: Arc::new(Policy {
            digest: PolicyDigest(Digest::of(b"the contract")),
            people: people.map(|person| (person.login.clone(), Arc::new(person))).into(),
            teams: BTreeMap::new(),
            actions: [(ActionKind::RestartPod, settings)].into(),
            ownership: Arc::new(Nobody),
            destinations: BTreeMap::new(),
        }),
        rules: Arc::new(Everything),
    }
}

/// That policy, in force.
pub(crate) struct InForce(Arc<PolicySnapshot>);

impl InForce {
    pub(crate) fn new() -> Self {
        Self(Arc::new(snapshot()))
    }

    pub(crate) fn settings(&self) -> ActionSettings {
        self.0.policy.actions[&ActionKind::RestartPod].clone()
    }
}

impl PolicySource for InForce {
    fn current(&self) -> Arc<PolicySnapshot> {
        Arc::clone(&self.0)
    }

    fn status(&self) -> PolicyStatus {
        PolicyStatus {
            digest: self.0.policy.digest,
            loaded_at: ManualClock::default().now(),
            trouble: None,
        }
    }
}

#[async_trait]
impl PolicyStore for InForce {
    async fn current(&self) -> Result<Option<PolicyDigest>, StoreError> {
        Ok(Some(self.0.policy.digest))
    }

    async fn put_in_force(
        &self,
        _digest: PolicyDigest,
        _expected: Option<PolicyDigest>,
        entry: EntryDraft,
    ) -> Result<Entry, PutInForceError> {
        Ok(entry.at_sequence(0))
    }
}
