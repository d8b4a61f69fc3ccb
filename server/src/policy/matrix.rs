//! The authorisation matrix of the demo's folder: who may do what, in which tenant, with which action, by which rule,
//! who may stop what goes in waves, and how many and of whom must agree in which tier. A reviewer reads the snapshot; this keeps it true.
//! In which state a request takes which decision, `domain/tests/requests/states.rs` tells.

use std::{collections::BTreeMap, fmt::Write as _};

use domain::{
    access::{Act, Question, Resource, Verdict},
    actions::{
        ActionKind, Before, BlastRadius, Change, DryRunVerdict, Evictions, Execution, Follow,
        Intent, Parameters, PreviewReport, Request, RequestBody, RequestState, Target,
    },
    approvals::{Assertion, Commitment, Decision, Nonce, Purpose, SignedDecision},
    canonical::Digest,
    ids::{Ids, RequestId},
    names::Login,
    policy::{ActionSettings, ApproverGroup, PolicyDigest, Tier},
    resources::ClusterUid,
    tenants::TenantName,
    testkit::{ManualClock, SeededIds},
    time::Clock,
};

use super::{Folder, LoadedPolicy, folder::ACTIONS, load};

/// One tenant of each kind, seen from the personas.
const TENANTS: [(&str, &str); 6] = [
    ("of payments-core", "demo/checkout"),
    ("of payments-core", "demo/ledger"),
    ("of risk", "demo/card-vault"),
    ("of treasury", "demo/reporting"),
    ("of reliability, with the nodes", "demo/kube-system"),
    ("of nobody", "demo/loyalty-pilot"),
];

fn said(loaded: &LoadedPolicy, login: &Login, act: Act, resource: &Resource) -> String {
    let question =
        Question { person: &loaded.policy().people[login], act, resource, at: loaded.snapshot.at };
    match loaded.snapshot.rules.decide(question) {
        Verdict::Allowed { by } => format!("yes  {}", by.join(", ")),
        Verdict::Refused { by } if by.is_empty() => "-".to_owned(),
        Verdict::Refused { by } => format!("no   {}", by.join(", ")),
    }
}

fn tenant(loaded: &LoadedPolicy, name: &TenantName) -> Resource {
    Resource::Tenant { name: name.clone(), owners: loaded.policy().ownership.owners(name) }
}

fn request(loaded: &LoadedPolicy, requester: &str, name: &TenantName) -> Resource {
    Resource::Request {
        requester: requester.parse().unwrap(),
        owners: loaded.policy().ownership.owners(name),
        tenant: name.clone(),
    }
}

/// What is said of an act with every action: one line where all are answered alike, else one for each answer.
fn of_actions(
    loaded: &LoadedPolicy,
    login: &Login,
    act: fn(ActionKind) -> Act,
    resource: &Resource,
) -> Vec<(String, String)> {
    let mut answers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for kind in ActionKind::all() {
        let answer = said(loaded, login, act(*kind), resource);
        answers.entry(answer).or_default().push(kind.as_str());
    }
    let alike = answers.len() == 1;
    let named = answers.into_iter();
    named
        .map(|(said, kinds)| (if alike { "every action".into() } else { kinds.join(" ") }, said))
        .collect()
}

/// What is said of stopping a request that goes in waves, with each action that does.
fn stops(loaded: &LoadedPolicy, login: &Login, name: &TenantName) -> Vec<(String, String)> {
    let person = &loaded.policy().people[login];
    let waves = ActionKind::all()
        .iter()
        .filter(|kind| matches!(kind.declaration().follow(), Follow::Waves(_)));
    let rows = waves.flat_map(|kind| {
        [("own", login.as_str()), ("another's", "somebody-else")].map(|(whose, requester)| {
            let request = in_waves(*kind, requester, name);
            let may = loaded.snapshot.may_withdraw(person, &request);
            (format!("stop {whose}: {kind}"), if may { "yes" } else { "-" }.to_owned())
        })
    });
    rows.collect()
}

/// A request whose word was given and whose waves go on.
fn in_waves(action: ActionKind, requester: &str, tenant: &TenantName) -> Request {
    let at = ManualClock::default().now();
    let evictions = Evictions { first: None, pods: Vec::new(), at_once: 1 };
    let change = Change::Evictions(evictions.clone());
    let body = RequestBody {
        id: RequestId::new(SeededIds::new(1).uuid()),
        action,
        target: Target {
            cluster: tenant.cluster.clone(),
            cluster_uid: ClusterUid("cluster-uid".to_owned()),
            namespace: tenant.namespace.clone(),
            namespace_uid: "namespace-uid".to_owned(),
            kind: action.declaration().targets()[0],
            name: "target".parse().unwrap(),
            uid: "target-uid".to_owned(),
            fingerprint: Digest::of(b"spec"),
        },
        parameters: Parameters::new(),
        lifts: Vec::new(),
        change: change.digest().unwrap(),
        approvals_needed: 0,
        session: None,
        requester: requester.parse().unwrap(),
        reason: "it drops one payment in ten".to_owned(),
        ticket: None,
        created_at: at,
        expires_at: at,
    };
    let preview = PreviewReport {
        dry_run: DryRunVerdict::Accepted,
        changes: Vec::new(),
        blast_radius: BlastRadius::default(),
        tripped: Vec::new(),
        neighbours: Vec::new(),
        target_status: String::new(),
        resource_version: String::new(),
        computed_at: at,
    };
    let execution = Execution {
        intent: Intent { at, deadline: at, settle_by: at },
        touch: touched(&body),
        change,
        before: Before::default(),
        accepted: None,
        waves: Vec::new(),
        stopped: None,
        left: None,
    };
    Request {
        digest: body.digest(),
        body,
        pinned: Some(evictions),
        preview,
        approvals: Vec::new(),
        state: RequestState::Executing(Box::new(execution)),
        version: 1,
    }
}

/// The requester's touch.
fn touched(body: &RequestBody) -> SignedDecision {
    let commitment = Commitment {
        purpose: Purpose::Request,
        decision: Decision::Execute,
        digest: body.digest(),
        preview_digest: None,
        person: body.requester.clone(),
        cluster_uid: Some(body.target.cluster_uid.clone()),
        policy_digest: PolicyDigest(Digest::of(b"policy")),
        comment_hash: None,
        nonce: Nonce::new([7; 32]),
        expires_at: body.expires_at,
    };
    let assertion = Assertion {
        credential_id: "credential".to_owned(),
        client_data_json: String::new(),
        authenticator_data: String::new(),
        signature: String::new(),
        public_key: String::new(),
    };
    SignedDecision { commitment, assertion, preview: None, comment: None, at: body.created_at }
}

fn rows(loaded: &LoadedPolicy, login: &Login, name: &TenantName) -> Vec<(String, String)> {
    let there = tenant(loaded, name);
    let mut rows = vec![("view".to_owned(), said(loaded, login, Act::View, &there))];
    let mut add = |what: &str, act, resource: &Resource| {
        let answers = of_actions(loaded, login, act, resource);
        rows.extend(answers.into_iter().map(|(kinds, said)| (format!("{what}: {kinds}"), said)));
    };
    add("ask", Act::Ask, &there);
    let (own, anothers) =
        (request(loaded, login.as_str(), name), request(loaded, "somebody-else", name));
    for (act, verb) in
        [(Act::Decide as fn(_) -> _, "decide"), (Act::Lift, "lift"), (Act::Execute, "execute")]
    {
        add(&format!("{verb} own"), act, &own);
        add(&format!("{verb} another's"), act, &anothers);
    }
    rows.extend(stops(loaded, login, name));
    rows.extend(roles(loaded, login, name));
    rows.push(("review sessions".to_owned(), said(loaded, login, Act::ReviewSession, &there)));
    rows
}

/// What is said of each role: to ask for it, to decide that somebody holds it, to end that, to take it in an emergency.
fn roles(loaded: &LoadedPolicy, login: &Login, name: &TenantName) -> Vec<(String, String)> {
    let acts = [
        ("ask", Act::AskRole, login.as_str()),
        ("decide own", Act::DecideGrant, login.as_str()),
        ("decide another's", Act::DecideGrant, "somebody-else"),
        ("end another's", Act::EndGrant, "somebody-else"),
        ("break glass", Act::BreakGlass, login.as_str()),
    ];
    let rows = acts.into_iter().flat_map(|(what, act, holder)| {
        let mut answers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for role in &loaded.policy().roles.0 {
            let grant = Resource::Grant {
                holder: holder.parse().unwrap(),
                role: role.name.clone(),
                owners: loaded.policy().ownership.owners(name),
                tenant: name.clone(),
            };
            answers.entry(said(loaded, login, act, &grant)).or_default().push(role.name.as_str());
        }
        let alike = answers.len() == 1;
        answers.into_iter().map(move |(said, roles)| {
            let roles = if alike { "every role".to_owned() } else { roles.join(" ") };
            (format!("{what}: {roles}"), said)
        })
    });
    rows.collect()
}

#[test]
fn who_may_do_what_is_as_reviewed() {
    let loaded = load(&Folder::demo()).unwrap();
    let mut matrix = String::new();
    for login in loaded.policy().people.keys() {
        writeln!(matrix, "{login}").unwrap();
        for (kind, name) in TENANTS {
            let name = name.parse().unwrap();
            let tier = loaded.policy().tiers.of(&name);
            writeln!(matrix, "  tenant {kind}, tier {tier}").unwrap();
            for (what, said) in rows(&loaded, login, &name) {
                writeln!(matrix, "    {what:<32} {said}").unwrap();
            }
        }
        writeln!(matrix, "  the console").unwrap();
        for act in [Act::ReadHistory, Act::ManagePeople] {
            let said = said(&loaded, login, act, &Resource::Console);
            writeln!(matrix, "    {:<32} {said}", act.to_string()).unwrap();
        }
    }
    insta::assert_snapshot!("authorisation_matrix", matrix);
}

/// Of whom some must be, in every tier or tier by tier.
fn groups(settings: &ActionSettings) -> String {
    let in_tier = Tier::ALL.map(|tier| ApproverGroup::list(settings.asking.approvals_from(tier)));
    if in_tier.iter().all(|groups| *groups == in_tier[0]) {
        return if in_tier[0].is_empty() { "-".to_owned() } else { in_tier[0].clone() };
    }
    let told = Tier::ALL.iter().zip(in_tier).filter(|(_, groups)| !groups.is_empty());
    let told: Vec<_> = told.map(|(tier, groups)| format!("{tier}: {groups}")).collect();
    told.join("; ")
}

/// How many must agree, of whom, and who more lifts what.
fn approvals(loaded: &LoadedPolicy) -> String {
    let mut table = format!(
        "{:<18} tier 0  tier 1  tier 2  tier 3  {:<40} lifted by\n",
        "action", "among them"
    );
    for (kind, settings) in &loaded.policy().actions {
        let needed = Tier::ALL.map(|tier| format!("{:<7}", settings.asking.approvals_in(tier)));
        let lifts = settings.guard_rails.lift.iter();
        let lifts: Vec<_> =
            lifts.map(|(rail, signatures)| format!("{rail}: {signatures}")).collect();
        let (needed, among, lifts) = (needed.join(" "), groups(settings), lifts.join(", "));
        let row = format!("{:<18} {needed} {among:<40} {lifts}", kind.as_str());
        writeln!(table, "{}", row.trim_end()).unwrap();
    }
    table
}

#[test]
fn how_many_must_agree_is_as_reviewed() {
    insta::assert_snapshot!("approvals", approvals(&load(&Folder::demo()).unwrap()));
}

/// The demo's folder names no group, so that the column is filled on one that does.
#[test]
fn the_groups_that_must_agree_are_told_tier_by_tier() {
    let usual = include_str!("../../policy/demo/actions.toml");
    let in_tier = "approvals_from_in_tier = { 0 = [\"code-owners\", \"another-team\"] }";
    let actions = usual
        .replace("[actions.delete-pod]", &format!("[actions.delete-pod]\n{in_tier}"))
        .replace("[actions.cordon]", "[actions.cordon]\napprovals_from = [\"on-call\"]");
    let folder = Folder::demo().with(ACTIONS, actions.as_bytes());
    let table = approvals(&load(&folder).unwrap());
    let row = |name: &str| table.lines().find(|row| row.starts_with(name)).unwrap().to_owned();
    insta::assert_snapshot!([row("cordon"), row("delete-pod")].join("\n"), @r"
    cordon             1       1       1       1       on-call                                  rate: 2
    delete-pod         2       1       1       1       0: code-owners, another-team
    ");
}
