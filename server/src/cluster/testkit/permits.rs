//! Permits for tests, from rules that allow everything.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::{Act, Actor, Permit, Preview, Question, Resource, Rules, Verdict, permit_preview},
    actions::{ActionKind, Target, TargetKind, catalogue::RestartPod},
    canonical::Digest,
    ids::SessionId,
    names::TeamName,
    policy::{OnCall, Ownership, Person, Policy, PolicyDigest, PolicySnapshot, Tiers},
    resources::ClusterUid,
    tenants::TenantName,
    time::Timestamp,
};
use uuid::Uuid;

struct AllowAll;

impl Rules for AllowAll {
    fn decide(&self, _question: Question<'_>) -> Verdict {
        Verdict::Allowed { by: vec!["test".to_owned()] }
    }
}

struct Unowned;

impl Ownership for Unowned {
    fn owners(&self, _tenant: &TenantName) -> Vec<TeamName> {
        Vec::new()
    }
}

/// A pod of the tenant `main/checkout`.
pub(in crate::cluster) fn target() -> Target {
    Target {
        cluster: "main".parse().unwrap(),
        cluster_uid: ClusterUid("c-1".into()),
        namespace: "checkout".parse().unwrap(),
        namespace_uid: "n-1".into(),
        kind: TargetKind::Pod,
        name: "api-1".parse().unwrap(),
        uid: "p-1".into(),
        fingerprint: Digest::of(b"pod"),
    }
}

/// Leave for the on-call to preview a restart of that pod.
pub(in crate::cluster) fn preview_permit(target: &Target) -> Permit<Preview> {
    let policy = PolicySnapshot {
        policy: Arc::new(Policy {
            digest: PolicyDigest(Digest::of(b"policy")),
            people: BTreeMap::new(),
            teams: BTreeMap::new(),
            actions: BTreeMap::new(),
            roles: domain::grants::Ladder::default(),
            break_glass: None,
            tiers: Tiers::default(),
            freezes: Vec::new(),
            on_call: OnCall::default(),
            ownership: Arc::new(Unowned),
            destinations: BTreeMap::new(),
        }),
        rules: Arc::new(AllowAll),
        at: Timestamp::from_micros(0),
    };
    let person = Person {
        login: "on-call".parse().unwrap(),
        name: "On-call".into(),
        teams: [].into(),
        roles: [].into(),
        cluster_users: [(target.cluster.clone(), "on-call@kawase.example".parse().unwrap())].into(),
    };
    let actor = Actor::new(Arc::new(person), SessionId::new(Uuid::nil()));
    let act = Act::Ask(ActionKind::of(&RestartPod));
    let tenant = Resource::Tenant { name: target.tenant(), owners: Vec::new() };
    permit_preview(&policy, &actor, act, &tenant, target).unwrap()
}
