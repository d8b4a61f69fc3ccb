//! A small policy: two teams with a tenant each, and people with the roles that matter at the door.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    access::{Act, Question, Resource, Rules, Verdict},
    actions::{
        ActionKind,
        catalogue::{Cordon, Drain, RestartPod, RestartPods, Uncordon},
    },
    canonical::Digest,
    grants::Ladder,
    names::{Login, TeamName},
    notifications::Destination,
    policy::{
        ActionSettings, GuardRails, OnCall, Ownership, Person, Policy, PolicyDigest,
        PolicySnapshot, PolicySource, PolicyStatus, PolicyTrouble, Tiers,
    },
    tenants::TenantName,
    testkit::{self, ManualClock},
    time::{Clock, Timestamp},
};

/// Login, team and role of everyone.
const PEOPLE: [(&str, &str, &str); 11] = [
    ("admin", "platform", "platform-admin"),
    ("engineer", "checkout", "none"),
    ("on-call", "checkout", "on-call"),
    ("outsider", "ledger", "none"),
    ("owner", "checkout", "approver"),
    ("reliable", "reliability", "on-call"),
    ("second", "checkout", "on-call"),
    ("second-reliable", "reliability", "approver"),
    ("third-reliable", "reliability", "none"),
    ("security", "security", "security"),
    ("third", "checkout", "approver"),
];

/// The policy in force; people can be struck from it or lose their role, the approvals it asks for changed, and the folder spoilt.
pub(crate) struct Listed {
    in_force: Mutex<Arc<PolicySnapshot>>,
    trouble: Mutex<Option<PolicyTrouble>>,
    told: Vec<Destination>,
}

impl Listed {
    pub(crate) fn everyone() -> Self {
        Self::telling(Vec::new())
    }

    /// The same, which has these told.
    pub(crate) fn telling(told: Vec<Destination>) -> Self {
        let listed =
            Self { in_force: Mutex::new(snapshot(&[], &[], 1)), trouble: Mutex::default(), told };
        listed.put(&snapshot(&[], &[], 1));
        listed
    }

    /// From now on nobody is told anything.
    pub(crate) fn tell_nobody(&self) {
        *self.in_force.lock().unwrap() = snapshot(&[], &[], 1);
    }

    fn put(&self, snapshot: &PolicySnapshot) {
        let told = self.told.iter().map(|told| (told.name.clone(), told.clone()));
        let policy = Policy { destinations: told.collect(), ..(*snapshot.policy).clone() };
        let rules = Arc::clone(&snapshot.rules);
        *self.in_force.lock().unwrap() = Arc::new(PolicySnapshot {
            policy: Arc::new(policy),
            rules,
            at: Timestamp::from_micros(0),
        });
    }

    pub(crate) fn strike(&self, login: &str) {
        self.put(&snapshot(&[login], &[], 1));
    }

    /// From now on this person has no role.
    pub(crate) fn demote(&self, login: &str) {
        self.put(&snapshot(&[], &[login], 1));
    }

    /// From now on this person is of that team alone.
    pub(crate) fn move_to(&self, name: &str, team: &str) {
        self.amend(|policy| {
            let person = policy.people.get_mut(&login(name)).unwrap();
            let teams = BTreeSet::from([team.parse().unwrap()]);
            *person = Arc::new(Person { teams, ..person.as_ref().clone() });
        });
    }

    /// From now on requests need so many approvals.
    pub(crate) fn ask_for_approvals(&self, approvals: u32) {
        self.put(&snapshot(&[], &[], approvals));
    }

    /// From now on it says this, too.
    pub(crate) fn amend(&self, change: impl FnOnce(&mut Policy)) {
        let mut in_force = self.in_force.lock().unwrap();
        let mut policy = in_force.policy.as_ref().clone();
        change(&mut policy);
        policy.digest = PolicyDigest(Digest::of(policy.digest.to_string().as_bytes()));
        *in_force = Arc::new(PolicySnapshot {
            policy: Arc::new(policy),
            rules: Arc::clone(&in_force.rules),
            at: in_force.at,
        });
    }

    /// From now on this stands against restarts.
    pub(crate) fn guard_restarts(&self, rails: GuardRails) {
        self.amend(|policy| {
            let restarts = policy.actions.get_mut(&ActionKind::of(&RestartPod)).unwrap();
            restarts.guard_rails = rails;
        });
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

fn snapshot(struck: &[&str], demoted: &[&str], approvals: u32) -> Arc<PolicySnapshot> {
    let listed = PEOPLE.into_iter().filter(|(login, ..)| !struck.contains(login));
    let listed = listed.map(|(login, team, role)| {
        (login, team, if demoted.contains(&login) { "none" } else { role })
    });
    let people = listed.map(|row| (row.0.parse().unwrap(), Arc::new(person(row)))).collect();
    let policy = Policy {
        digest: PolicyDigest(Digest::of(format!("{struck:?} {demoted:?} {approvals}").as_bytes())),
        people,
        teams: BTreeMap::new(),
        actions: offered().map(|action| (action, settings(approvals))).collect(),
        roles: Ladder::default(),
        break_glass: None,
        tiers: Tiers::default(),
        freezes: Vec::new(),
        on_call: OnCall::default(),
        ownership: Arc::new(ByNamespace),
        destinations: BTreeMap::new(),
    };
    Arc::new(PolicySnapshot {
        policy: Arc::new(policy),
        rules: Arc::new(ByRole),
        at: Timestamp::from_micros(0),
    })
}

/// The actions that there are here.
fn offered() -> impl Iterator<Item = ActionKind> {
    [
        ActionKind::of(&RestartPod),
        ActionKind::of(&RestartPods),
        ActionKind::of(&Cordon),
        ActionKind::of(&Uncordon),
        ActionKind::of(&Drain),
    ]
    .into_iter()
}

fn settings(approvals: u32) -> ActionSettings {
    ActionSettings {
        asking: testkit::approvals(approvals),
        approval_ttl: Duration::from_mins(10),
        execution_deadline: Duration::from_secs(30),
        settle_within: Duration::from_mins(5),
        guard_rails: GuardRails::default(),
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

/// A team owns the namespace of its name; the platform has a team of its own.
struct ByNamespace;

impl Ownership for ByNamespace {
    fn owners(&self, tenant: &TenantName) -> Vec<TeamName> {
        match tenant.namespace.as_str() {
            "kube-system" => vec!["reliability".parse().unwrap()],
            name => name.parse().into_iter().collect(),
        }
    }
}

/// Team members see; those on call ask and execute, they and approvers decide, and approvers lift guard rails. That nobody decides about
/// their own request is the console's to say: these rules would let them.
struct ByRole;

impl Rules for ByRole {
    fn decide(&self, question: Question<'_>) -> Verdict {
        let person = question.person;
        let is = |role: &str| person.roles.contains(role);
        let allowed = match (question.act, question.resource) {
            (Act::ManagePeople, _) => is("platform-admin"),
            (Act::ReadHistory, _) => is("security"),
            (Act::ReviewSession, Resource::Tenant { owners, .. }) => {
                let owns = owners.iter().any(|owner| person.teams.contains(owner));
                is("security") || owns && is("approver")
            }
            (act, Resource::Tenant { owners, .. } | Resource::Request { owners, .. }) => {
                owners.iter().any(|owner| person.teams.contains(owner))
                    && match act {
                        Act::View => true,
                        Act::Decide(_) => is("on-call") || is("approver"),
                        Act::Lift(_) => is("approver"),
                        _ => is("on-call"),
                    }
            }
            (act, Resource::Grant { owners, .. }) => {
                let owns = owners.iter().any(|owner| person.teams.contains(owner));
                match act {
                    Act::AskRole => owns,
                    Act::BreakGlass => owns && is("on-call"),
                    Act::DecideGrant => owns && (is("on-call") || is("approver")),
                    Act::EndGrant => is("security") || owns && (is("on-call") || is("approver")),
                    _ => false,
                }
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
