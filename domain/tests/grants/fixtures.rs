//! Somebody who asks for a role, and the role.

use std::time::Duration;

use domain::{
    approvals::{Decision, Purpose, SignedDecision},
    break_glass::{BreakGlassSettings, NewSession},
    canonical::Digest,
    grants::{ClusterRole, Grant, GrantableRole, NewGrant, PinnedTenant, RoleRule},
    ids::{GrantId, Ids},
    policy::Tier,
    resources::ClusterUid,
    testkit::{self, ManualClock, SeededIds},
    time::{Clock, Timestamp},
};

pub(crate) const HOLDER: &str = "engineer";
pub(crate) const TTL: Duration = Duration::from_hours(1);

pub(crate) fn start() -> Timestamp {
    ManualClock::default().now()
}

pub(crate) fn role(approvals: u32) -> GrantableRole {
    GrantableRole {
        name: "debug".parse().unwrap(),
        cluster_role: "sekisho:role:debug".parse().unwrap(),
        summary: "Logs and a shell".to_owned(),
        rules: None,
        asking: testkit::approvals(approvals),
        longest: Duration::from_hours(2),
        longest_in_all: Duration::from_hours(2),
    }
}

pub(crate) fn cluster_role() -> ClusterRole {
    let set = |text: &str| [text.to_owned()].into();
    let rule = RoleRule {
        api_groups: set(""),
        resources: set("pods/exec"),
        resource_names: [].into(),
        verbs: set("create"),
    };
    ClusterRole { uid: "role-uid".to_owned(), rules: vec![rule], aggregated: false }
}

pub(crate) fn wish() -> NewGrant {
    NewGrant {
        id: GrantId::new(SeededIds::new(1).uuid()),
        holder: HOLDER.parse().unwrap(),
        tenant: PinnedTenant {
            cluster: "demo".parse().unwrap(),
            cluster_uid: ClusterUid("cluster-uid".to_owned()),
            namespace: "checkout".parse().unwrap(),
            namespace_uid: "namespace-uid".to_owned(),
        },
        cluster_role: cluster_role(),
        ttl: TTL,
        reason: "the pool leaks".to_owned(),
        ticket: Some("INC-7".to_owned()),
        extends: None,
        lapses_by: None,
    }
}

pub(crate) fn grant(approvals: u32) -> Grant {
    Grant::ask(wish(), &role(approvals), Tier(2), start()).unwrap()
}

/// How long approvers have.
pub(crate) const PATIENCE: Duration = Duration::from_mins(10);

pub(crate) fn settings() -> BreakGlassSettings {
    BreakGlassSettings {
        patience: PATIENCE,
        at_once_in_tier: [Tier(0)].into(),
        longest: TTL,
        declared_for: Duration::from_mins(30),
        review_within: Duration::from_hours(24),
        drills_in: [].into(),
    }
}

pub(crate) fn emergency() -> NewSession {
    let NewGrant { id, holder, tenant, cluster_role, ttl, .. } = wish();
    NewSession {
        id,
        holder,
        tenant,
        cluster_role,
        ttl,
        broken: "payments fail".to_owned(),
        intent: "restart the ledger".to_owned(),
        incident: "INC-7".to_owned(),
        asked: vec!["approver".parse().unwrap()],
        on_call: vec![HOLDER.parse().unwrap()],
        before: None,
        is_drill: false,
    }
}

/// One that was declared where approvers have their time.
pub(crate) fn session() -> Grant {
    Grant::declare(emergency(), &role(2), &settings(), Tier(2), start()).unwrap()
}

pub(crate) fn signed(person: &str, decision: Decision, digest: Digest) -> SignedDecision {
    testkit::signed(Purpose::Grant, person, decision, digest)
}
