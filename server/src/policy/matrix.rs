//! The authorisation matrix of the demo's folder: who may do what to which kind of tenant, and by
//! which rule. A reviewer reads the snapshot; this keeps it true.

use std::fmt::Write as _;

use domain::{
    access::{Act, Question, Resource, Verdict},
    actions::ActionKind,
    names::Login,
};

use super::{Folder, LoadedPolicy, load};

/// One tenant of each kind, seen from the personas.
const TENANTS: [(&str, &str); 3] = [
    ("of payments-core", "demo/checkout"),
    ("of treasury", "demo/settlement"),
    ("of nobody", "demo/loyalty-pilot"),
];

fn said(loaded: &LoadedPolicy, login: &Login, act: Act, resource: &Resource) -> String {
    let question = Question { person: &loaded.policy().people[login], act, resource };
    match loaded.snapshot.rules.decide(question) {
        Verdict::Allowed { by } => format!("yes  {}", by.join(", ")),
        Verdict::Refused { by } if by.is_empty() => "-".to_owned(),
        Verdict::Refused { by } => format!("no   {}", by.join(", ")),
    }
}

fn tenant(loaded: &LoadedPolicy, name: &str) -> Resource {
    let name = name.parse().unwrap();
    let owners = loaded.policy().ownership.owners(&name);
    Resource::Tenant { name, owners }
}

fn request(loaded: &LoadedPolicy, requester: &str, tenant: &str) -> Resource {
    let tenant = tenant.parse().unwrap();
    Resource::Request {
        requester: requester.parse().unwrap(),
        owners: loaded.policy().ownership.owners(&tenant),
        tenant,
    }
}

fn questions(loaded: &LoadedPolicy, login: &Login) -> Vec<(String, Act, Resource)> {
    let restart = ActionKind::RestartPod;
    let mut questions = Vec::new();
    for (kind, name) in TENANTS {
        for act in [Act::View, Act::Ask(restart)] {
            questions.push((format!("{act}, tenant {kind}"), act, tenant(loaded, name)));
        }
        for act in [Act::Decide(restart), Act::Execute(restart)] {
            for (whose, requester) in [("own", login.as_str()), ("another's", "somebody-else")] {
                let what = format!("{act}, {whose} request, tenant {kind}");
                questions.push((what, act, request(loaded, requester, name)));
            }
        }
    }
    for act in [Act::ReadHistory, Act::ManagePeople] {
        questions.push((act.to_string(), act, Resource::Console));
    }
    questions
}

#[test]
fn the_matrix_is_as_reviewed() {
    let loaded = load(&Folder::demo()).unwrap();
    let mut matrix = String::new();
    for login in loaded.policy().people.keys() {
        writeln!(matrix, "{login}").unwrap();
        for (what, act, resource) in questions(&loaded, login) {
            let said = said(&loaded, login, act, &resource);
            writeln!(matrix, "  {what:<67} {said}").unwrap();
        }
    }
    insta::assert_snapshot!("authorisation_matrix", matrix);
}
