//! A session that was opened, and its review.

use std::time::Duration;

use domain::{
    approvals::{Decision, Purpose, SignedDecision},
    break_glass::{Account, BreakGlassSettings, Case, NewSession, Review},
    canonical::Digest,
    grants::{ClusterRole, Grant, GrantableRole, PinnedTenant, RoleRule},
    ids::{GrantId, Ids},
    policy::Tier,
    resources::ClusterUid,
    testkit::{self, ManualClock, SeededIds},
    time::{Clock, Timestamp},
};

pub(crate) const PERSON: &str = "on-call";
pub(crate) const WITHIN: Duration = Duration::from_hours(24);

pub(crate) fn start() -> Timestamp {
    ManualClock::default().now()
}

fn declared(id: GrantId) -> Grant {
    let set = |text: &str| [text.to_owned()].into();
    let deletes = RoleRule {
        api_groups: set(""),
        resources: set("pods"),
        resource_names: [].into(),
        verbs: set("delete"),
    };
    let role = GrantableRole {
        name: "operate".parse().unwrap(),
        cluster_role: "sekisho:role:operate".parse().unwrap(),
        summary: "Change what runs".to_owned(),
        rules: None,
        asking: testkit::approvals(1),
        longest: Duration::from_hours(2),
        longest_in_all: Duration::from_hours(2),
    };
    let settings = BreakGlassSettings {
        patience: Duration::ZERO,
        at_once_in_tier: [].into(),
        longest: Duration::from_mins(30),
        declared_for: Duration::from_hours(1),
        review_within: WITHIN,
        drills_in: [].into(),
    };
    let new = NewSession {
        id,
        holder: PERSON.parse().unwrap(),
        tenant: PinnedTenant {
            cluster: "demo".parse().unwrap(),
            cluster_uid: ClusterUid("cluster-uid".to_owned()),
            namespace: "checkout".parse().unwrap(),
            namespace_uid: "namespace-uid".to_owned(),
        },
        cluster_role: ClusterRole {
            uid: "role-uid".to_owned(),
            rules: vec![deletes],
            aggregated: false,
        },
        ttl: Duration::from_mins(30),
        broken: "payments fail".to_owned(),
        intent: "restart the ledger".to_owned(),
        incident: "INC-7".to_owned(),
        asked: Vec::new(),
        on_call: Vec::new(),
        before: None,
        is_drill: false,
    };
    Grant::declare(new, &role, &settings, Tier(2), start()).unwrap()
}

/// The review of a session that the person opened alone.
pub(crate) fn alone(seed: u64) -> Review {
    let declared = declared(GrantId::new(SeededIds::new(seed).uuid()));
    let word = testkit::signed(Purpose::BreakGlass, PERSON, Decision::Open, declared.digest);
    Review::opened(&declared.open_alone(word, start()).unwrap()).unwrap()
}

/// The review of one that somebody approved.
pub(crate) fn approved(seed: u64) -> Review {
    let declared = declared(GrantId::new(SeededIds::new(seed).uuid()));
    let word = testkit::signed(Purpose::Grant, "owner", Decision::Approve, declared.digest);
    Review::opened(&declared.approve(word, start()).unwrap()).unwrap()
}

pub(crate) fn account(at: Timestamp) -> Account {
    Account { found: "a lock".to_owned(), done: "a restart".to_owned(), follow_ups: None, at }
}

/// The case of a review that is due, without a deed.
pub(crate) fn case(review: &Review) -> Case {
    Case {
        session: review.digest,
        closed_at: review.state.due().map_or_else(start, |due| due.closed_at),
        account: review.account.clone(),
        deeds: Vec::new(),
        is_cut: false,
    }
}

pub(crate) fn verdict(person: &str, decision: Decision, case: Digest) -> SignedDecision {
    testkit::signed(Purpose::Review, person, decision, case)
}
