//! A small policy: two teams with a tenant each, and people with the roles that matter at the door.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    access::{Act, Question, Resource, Rules, Verdict},
    actions::ActionKind,
    canonical::Digest,
    names::{Login, TeamName},
    policy::{
        ActionSettings, Ownership, Person, Policy, PolicyDigest, PolicySnapshot, PolicySource,
        PolicyStatus, PolicyTrouble, TicketRule,
    },
    tenants::TenantName,
    testkit::ManualClock,
    time::Clock,
};

/// Login, team and role of everyone.
const PEOPLE: [(&str, &str, &str); 4] = [
    ("admin", "platform", "platform-admin"),
    ("engineer", "checkout", "none"),
    ("outsider", "ledger", "none"),
    ("security", "security", "security"),
];

/// The policy in force; people can be struck from it, and the folder spoilt.
pub(crate) struct Listed {
    in_force: Mutex<Arc<PolicySnapshot>>,
    trouble: Mutex<Option<PolicyTrouble>>,
}

impl Listed {
    pub(crate) fn everyone() -> Self {
        Self { in_force: Mutex::new(snapshot(&[])), trouble: Mutex::default() }
    }

    pub(crate) fn strike(&self, login: &str) {
        *self.in_force.lock().unwrap() = snapshot(&[login]);
    }

    /// From now on the folder is not valid.
    pub(crate) fn spoil(&self, trouble: PolicyTrouble) {
        *self.trouble.lock().unwrap() = Some(trouble);
    }
}

impl PolicySource for Listed {
    fn current(&self) -> Arc<PolicySnapshot> {
        Arc::clone(&self.in_force.lock().unwrap())
    }

    fn status(&self) -> PolicyStatus {
        let digest = self.current().policy.digest;
        let trouble = self.trouble.lock().unwrap().clone();
        PolicyStatus { digest, loaded_at: ManualClock::default().now(), trouble }
    }
}

fn snapshot(struck: &[&str]) -> Arc<PolicySnapshot> {
    let listed = PEOPLE.into_iter().filter(|(login, ..)| !struck.contains(login));
    let people = listed.map(|row| (row.0.parse().unwrap(), Arc::new(person(row)))).collect();
    let policy = Policy {
        digest: PolicyDigest(Digest::of(struck.concat().as_bytes())),
        people,
        teams: BTreeMap::new(),
        actions: BTreeMap::from([(ActionKind::RestartPod, restarts())]),
        ownership: Arc::new(ByNamespace),
    };
    Arc::new(PolicySnapshot { policy: Arc::new(policy), rules: Arc::new(ByRole) })
}

fn restarts() -> ActionSettings {
    ActionSettings {
        approvals: 1,
        request_ttl: Duration::from_mins(30),
        approval_ttl: Duration::from_mins(10),
        execution_deadline: Duration::from_secs(30),
        settle_within: Duration::from_mins(5),
        ticket: TicketRule::Optional,
    }
}

fn person((login, team, role): (&str, &str, &str)) -> Person {
    Person {
        login: login.parse().unwrap(),
        name: format!("The {login}"),
        teams: BTreeSet::from([team.parse().unwrap()]),
        roles: BTreeSet::from([role.to_owned()]),
        cluster_users: BTreeMap::from([("demo".parse().unwrap(), login.parse().unwrap())]),
    }
}

/// A team owns the namespace of its name.
struct ByNamespace;

impl Ownership for ByNamespace {
    fn owners(&self, tenant: &TenantName) -> Vec<TeamName> {
        tenant.namespace.as_str().parse().into_iter().collect()
    }
}

struct ByRole;

impl Rules for ByRole {
    fn decide(&self, question: Question<'_>) -> Verdict {
        let person = question.person;
        let allowed = match (question.act, question.resource) {
            (Act::ManagePeople, _) => person.roles.contains("platform-admin"),
            (Act::ReadHistory, _) => person.roles.contains("security"),
            (_, Resource::Tenant { owners, .. } | Resource::Request { owners, .. }) => {
                owners.iter().any(|owner| person.teams.contains(owner))
            }
            _ => false,
        };
        if allowed {
            Verdict::Allowed { by: vec!["by-role".to_owned()] }
        } else {
            Verdict::Refused { by: Vec::new() }
        }
    }
}

pub(crate) fn login(name: &str) -> Login {
    name.parse().unwrap()
}
