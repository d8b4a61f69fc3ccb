//! The authorisation matrix of the demo's folder: who may do what, in which tenant, with which action, by which rule,
//! and how many must agree in which tier. A reviewer reads the snapshot; this keeps it true.
//! In which state a request takes which decision, `domain/tests/requests/states.rs` tells.

use std::{collections::BTreeMap, fmt::Write as _};

use domain::{
    access::{Act, Question, Resource, Verdict},
    actions::ActionKind,
    names::Login,
    policy::Tier,
    tenants::TenantName,
};

use super::{Folder, LoadedPolicy, load};

/// One tenant of each kind, seen from the personas.
const TENANTS: [(&str, &str); 5] = [
    ("of payments-core", "demo/checkout"),
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
    rows
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

#[test]
fn how_many_must_agree_is_as_reviewed() {
    let loaded = load(&Folder::demo()).unwrap();
    let mut table = format!("{:<18} tier 0  tier 1  tier 2  tier 3  lifted by\n", "action");
    for (kind, settings) in &loaded.policy().actions {
        let needed = Tier::ALL.map(|tier| format!("{:<7}", settings.approvals_in(tier)));
        let lifts = settings.guard_rails.lift.iter();
        let lifts: Vec<_> =
            lifts.map(|(rail, signatures)| format!("{rail}: {signatures}")).collect();
        let row = format!("{:<18} {} {}", kind.as_str(), needed.join(" "), lifts.join(", "));
        writeln!(table, "{}", row.trim_end()).unwrap();
    }
    insta::assert_snapshot!("approvals", table);
}
