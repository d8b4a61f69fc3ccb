//! People of a payments company, what they sign in with and what they ask for.

use std::time::Duration;

use domain::{
    actions::{
        ActionKind, Before, BlastRadius, Change, Decided, DryRunVerdict, Limits, NewRequest,
        Outcome, PreviewReport, Replacement, Request, RequestChange, RequestStore, StandsAs,
        Target, TargetKind, Verdict, catalogue::RestartPod,
    },
    approvals::{Assertion, Commitment, Decision, Nonce, Purpose, SignedDecision},
    audit::{EntryAction, EntryDraft, EntryOutcome},
    canonical::Digest,
    identity::{
        Ceremony, CeremonyKind, CredentialId, EnrolmentLink, IdentityStore, NewEnrolment, Passkey,
        PasskeyRecord, Session,
    },
    ids::{RequestId, SessionId, UserHandle},
    names::Login,
    policy::{ActionSettings, ApprovalSettings, GuardRails, PolicyDigest, Tier},
    resources::ClusterUid,
    testkit,
    time::Timestamp,
};
use sekisho::store::Store;
use uuid::Uuid;

pub(crate) const MINUTE: Duration = Duration::from_mins(1);

pub(crate) fn start() -> Timestamp {
    "2026-03-01T03:00:00Z".parse().expect("a moment")
}

pub(crate) fn minute(n: u32) -> Timestamp {
    start().plus(MINUTE * n)
}

pub(crate) fn login(name: &str) -> Login {
    name.parse().expect("a login")
}

pub(crate) fn uuid(n: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(n))
}

pub(crate) fn policy() -> PolicyDigest {
    PolicyDigest(Digest::of(b"policy"))
}

pub(crate) fn entry(by: &str, action: EntryAction, outcome: EntryOutcome) -> EntryDraft {
    EntryDraft::new(start(), Some(login(by)), action, outcome)
}

pub(crate) fn session(n: u32, of: &str) -> Session {
    Session {
        id: SessionId::new(uuid(n)),
        login: login(of),
        created_at: minute(n),
        seen_at: minute(n),
        agent: "a browser".to_owned(),
    }
}

pub(crate) fn passkey(id: &str, of: &str) -> Passkey {
    Passkey {
        id: CredentialId(id.to_owned()),
        login: login(of),
        label: "laptop".to_owned().try_into().expect("a label"),
        record: PasskeyRecord(r#"{"counter":0}"#.to_owned()),
        created_at: start(),
        used_at: None,
    }
}

pub(crate) fn link(secret: &[u8], of: &str) -> EnrolmentLink {
    EnrolmentLink { digest: Digest::of(secret), login: login(of), expires_at: minute(15) }
}

/// An enrolment by the link of that secret, with passkey and session of that number.
pub(crate) fn enrolment(secret: &[u8], n: u32, of: &str, handle: UserHandle) -> NewEnrolment {
    NewEnrolment {
        link: Digest::of(secret),
        now: start(),
        passkey: passkey(&format!("passkey-{n}"), of),
        handle,
        session: session(n, of),
        entry: entry(of, EntryAction::Enrol, EntryOutcome::Succeeded),
    }
}

/// Invites and enrols somebody, whose passkey and session are number `n`.
pub(crate) async fn enrol(store: &Store, n: u32, who: &str) {
    let secret = n.to_be_bytes();
    let invited = entry("platform-admin", EntryAction::Invite, EntryOutcome::Succeeded);
    store.create_link(link(&secret, who), invited).await.expect("invited");
    let handle = store.handle(&login(who), UserHandle::new(uuid(n))).await.expect("a handle");
    store.enrol(enrolment(&secret, n, who, handle)).await.expect("enrolled");
}

pub(crate) fn target(namespace: &str) -> Target {
    Target {
        cluster: "demo".parse().expect("a cluster"),
        cluster_uid: ClusterUid("cluster-uid".to_owned()),
        namespace: namespace.parse().expect("a namespace"),
        namespace_uid: "namespace-uid".to_owned(),
        kind: TargetKind::Pod,
        name: "api-7d9f-abcde".parse().expect("a name"),
        uid: "pod-uid".to_owned(),
        fingerprint: Digest::of(b"spec"),
    }
}

pub(crate) fn preview() -> PreviewReport {
    PreviewReport {
        dry_run: DryRunVerdict::Accepted,
        changes: Vec::new(),
        blast_radius: BlastRadius {
            replacement: Some(Replacement::Nothing),
            ..BlastRadius::default()
        },
        tripped: Vec::new(),
        neighbours: Vec::new(),
        target_status: "CrashLoopBackOff".to_owned(),
        resource_version: "42".to_owned(),
        computed_at: start(),
    }
}

fn settings() -> ActionSettings {
    ActionSettings {
        asking: ApprovalSettings { request_ttl: Duration::from_hours(1), ..testkit::approvals(1) },
        approval_ttl: Duration::from_mins(15),
        execution_deadline: Duration::from_secs(30),
        settle_within: Duration::from_mins(5),
        guard_rails: GuardRails::default(),
    }
}

/// A pending request, asked for at minute `n`, for an hour.
pub(crate) fn request(n: u32, requester: &str, namespace: &str) -> Request {
    request_about(n, requester, target(namespace))
}

/// The same about any target.
pub(crate) fn request_about(n: u32, requester: &str, target: Target) -> Request {
    let new = NewRequest {
        id: RequestId::new(uuid(n)),
        action: ActionKind::of(&RestartPod),
        target,
        parameters: serde_json::Map::new(),
        lifts: Vec::new(),
        change: Change::Evict.digest().expect("a digest"),
        pinned: None,
        session: None,
        requester: login(requester),
        reason: "checkout drops one payment in ten".to_owned(),
        ticket: None,
    };
    Request::ask(new, &settings(), Tier(2), preview(), minute(n)).expect("a request")
}

pub(crate) fn nonce(n: u8) -> Nonce {
    Nonce::new([n; 32])
}

pub(crate) fn commitment(
    person: &str,
    decision: Decision,
    digest: Digest,
    nonce: Nonce,
) -> Commitment {
    Commitment {
        purpose: Purpose::Request,
        decision,
        digest,
        preview_digest: None,
        person: login(person),
        cluster_uid: None,
        policy_digest: policy(),
        comment_hash: None,
        nonce,
        expires_at: minute(5),
    }
}

pub(crate) fn signed(commitment: Commitment) -> SignedDecision {
    let assertion = Assertion {
        credential_id: "passkey".to_owned(),
        client_data_json: "e30".to_owned(),
        authenticator_data: String::new(),
        signature: String::new(),
        public_key: String::new(),
    };
    SignedDecision { commitment, assertion, preview: None, comment: None, at: start() }
}

/// Begins the step-up that the commitment belongs to, so that its nonce can be consumed.
pub(crate) async fn step_up(store: &Store, commitment: &Commitment) {
    let ceremony = Ceremony {
        digest: Digest::of(commitment.nonce.to_string().as_bytes()),
        kind: CeremonyKind::StepUp {
            session: SessionId::new(uuid(1)),
            commitment: Box::new(commitment.clone()),
            preview: None,
        },
        state: "{}".to_owned(),
        expires_at: minute(5),
    };
    store.begin_ceremony(ceremony).await.expect("a ceremony");
}

/// The change by which a request comes to be.
pub(crate) fn asking(request: Request) -> RequestChange {
    let by = request.body.requester.to_string();
    change(request, &by, EntryOutcome::Requested)
}

/// The change by which somebody approves a request with that nonce.
pub(crate) fn approving(request: Request, by: &str, nonce: Nonce) -> RequestChange {
    let approval = signed(commitment(by, Decision::Approve, request.digest, nonce));
    let request = request.approve(approval, Duration::from_mins(15), start()).expect("approved");
    let change = change(request, by, EntryOutcome::Approved);
    RequestChange {
        decided: Some(Decided {
            by: login(by),
            policy: policy(),
            nonce: Some(nonce),
            counted_on: Vec::new(),
            session: None,
            limits: Limits::default(),
            stands_as: StandsAs::Agreement,
        }),
        ..change
    }
}

/// A request that somebody approved, though only on paper: the store has not seen the signature.
pub(crate) fn approved(request: Request) -> Request {
    let approval = signed(commitment("approver", Decision::Approve, request.digest, nonce(1)));
    request.approve(approval, Duration::from_mins(15), start()).expect("approved")
}

/// The same with a no.
pub(crate) fn denied(request: Request) -> Request {
    let denial = signed(commitment("approver", Decision::Deny, request.digest, nonce(1)));
    request.deny(denial, start()).expect("denied")
}

/// The request once its requester has given the word, at that moment.
pub(crate) fn executing(request: Request, at: Timestamp) -> Request {
    let by = request.body.requester.to_string();
    let touch = signed(commitment(&by, Decision::Execute, request.digest, nonce(2)));
    request.begin(touch, Change::Evict, Before::default(), &settings(), at).expect("executing")
}

/// The request once its execution was seen to end well.
pub(crate) fn succeeded(request: Request) -> Request {
    let verdict = Verdict::Succeeded { made: None, audit_id: None };
    request.settle(Outcome { verdict, at: start() }).expect("settled")
}

/// Puts a request and each of its next steps into the store, none of them decided by anybody.
pub(crate) async fn put(store: &Store, steps: impl IntoIterator<Item = Request>) {
    for step in steps {
        let by = step.body.requester.to_string();
        store.commit(change(step, &by, EntryOutcome::Requested)).await.expect("a step");
    }
}

/// A change that nobody decided.
pub(crate) fn change(request: Request, by: &str, outcome: EntryOutcome) -> RequestChange {
    let mut entry = request.entry_by_itself(start(), outcome);
    entry.actor = Some(login(by));
    RequestChange::of(request, entry)
}
