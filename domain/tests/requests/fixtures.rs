//! A request in a payments company, and people who sign.

use std::time::Duration;

use domain::{
    actions::{
        ActionKind, BlastRadius, Change, DryRunVerdict, NewRequest, PreviewReport, Replacement,
        Request, Target, TargetKind, catalogue::RestartPod,
    },
    approvals::{Decision, Purpose, SignedDecision},
    canonical::Digest,
    ids::{Ids, RequestId},
    policy::{ActionSettings, ApprovalSettings, GuardRails, Tier},
    resources::ClusterUid,
    testkit::{self, ManualClock, SeededIds},
    time::{Clock, Timestamp},
};

pub(crate) const REQUESTER: &str = "on-call";

pub(crate) fn start() -> Timestamp {
    ManualClock::default().now()
}

pub(crate) fn settings(approvals: u32) -> ActionSettings {
    ActionSettings {
        asking: ApprovalSettings {
            request_ttl: Duration::from_hours(1),
            ..testkit::approvals(approvals)
        },
        approval_ttl: Duration::from_mins(15),
        execution_deadline: Duration::from_secs(30),
        settle_within: Duration::from_mins(5),
        guard_rails: GuardRails::default(),
    }
}

pub(crate) fn target() -> Target {
    Target {
        cluster: "demo".parse().unwrap(),
        cluster_uid: ClusterUid("cluster-uid".to_owned()),
        namespace: "checkout".parse().unwrap(),
        namespace_uid: "namespace-uid".to_owned(),
        kind: TargetKind::Pod,
        name: "api-7d9f-abcde".parse().unwrap(),
        uid: "pod-uid".to_owned(),
        fingerprint: Digest::of(b"spec"),
    }
}

pub(crate) fn preview() -> PreviewReport {
    PreviewReport {
        dry_run: DryRunVerdict::Accepted,
        changes: Vec::new(),
        tripped: Vec::new(),
        neighbours: Vec::new(),
        blast_radius: BlastRadius {
            replacement: Some(Replacement::Controller {
                kind: "ReplicaSet".to_owned(),
                name: "api-7d9f".to_owned(),
            }),
            ..BlastRadius::default()
        },
        target_status: "CrashLoopBackOff".to_owned(),
        resource_version: "42".to_owned(),
        computed_at: start(),
    }
}

pub(crate) fn wish() -> NewRequest {
    NewRequest {
        id: RequestId::new(SeededIds::new(1).uuid()),
        action: ActionKind::of(&RestartPod),
        target: target(),
        parameters: serde_json::Map::new(),
        lifts: Vec::new(),
        change: Change::Evict.digest().unwrap(),
        pinned: None,
        session: None,
        requester: REQUESTER.parse().unwrap(),
        reason: "checkout drops one payment in ten".to_owned(),
        ticket: Some("INC-1".to_owned()),
    }
}

pub(crate) fn request(approvals: u32) -> Request {
    Request::ask(wish(), &settings(approvals), Tier(2), preview(), start()).unwrap()
}

pub(crate) fn signed(person: &str, decision: Decision, digest: Digest) -> SignedDecision {
    let mut signed = testkit::signed(Purpose::Request, person, decision, digest);
    signed.commitment.preview_digest = Some(preview().digest().unwrap());
    signed.preview = Some(preview());
    signed
}
