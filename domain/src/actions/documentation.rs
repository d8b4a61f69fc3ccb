//! The page of an action in `docs/actions`, made from its declaration. Never says what the declaration does not.

use std::fmt::Write as _;

use super::{
    Action, ActionKind, Bounds, Follow, Needed, Parameter, Parameters, Power, Reads, STAY,
    TargetKind, TargetRef, Until,
};
use crate::names::Namespace;

/// The page of an action.
#[must_use]
pub fn page(kind: ActionKind) -> String {
    let action = kind.declaration();
    let mut page = format!("# {kind}\n\n{}\n", action.summary());
    let targets: Vec<_> = action.targets().iter().map(|target| target.as_str()).collect();
    section(&mut page, "Done to", &targets.join(", "));
    section(&mut page, "Parameters", &parameters(action));
    section(&mut page, "It has succeeded when", succeeded(action.follow()));
    section(&mut page, "The way back", &way_back(action));
    let held = if kind.is_cluster_wide() { "in the cluster" } else { "in a tenant" };
    section(&mut page, &format!("What its group may do {held}"), &powers(action.powers()));
    section(&mut page, "What the person must be let read", &reads(action));
    section(&mut page, "With kubectl, for whoever has the power", &kubectl(action));
    page
}

/// The list of all pages.
#[must_use]
pub fn index() -> String {
    let rows = ActionKind::all().iter().map(|kind| {
        let targets: Vec<_> =
            kind.declaration().targets().iter().map(|target| target.as_str()).collect();
        format!("| [`{kind}`]({kind}.md) | {} |\n", targets.join(", "))
    });
    let head = "# The actions\n\nGenerated from the catalogue: `UPDATE_DOCS=1 cargo test -p domain --test documentation`.\n\n\
                | action | done to |\n| --- | --- |\n";
    std::iter::once(head.to_owned()).chain(rows).collect()
}

fn section(page: &mut String, title: &str, text: &str) {
    if !text.is_empty() {
        write!(page, "\n## {title}\n\n{}\n", text.trim_end()).expect("a text takes text");
    }
}

fn parameters(action: &dyn Action) -> String {
    let rows = action.parameters().iter().map(|parameter| {
        let needed = match parameter.needed {
            Needed::Always => "yes",
            Needed::OrStays => "no; left out, it stays",
        };
        format!("| `{}` | {} | {needed} |\n", parameter.name, parameter.bounds.rule())
    });
    let rows: String = rows.collect();
    if rows.is_empty() {
        return "None.".to_owned();
    }
    format!("| name | must be | needed |\n| --- | --- | --- |\n{rows}")
}

const fn succeeded(follow: Follow) -> &'static str {
    match follow {
        Follow::Replacement => {
            "The pod is gone, and where a controller keeps it, another one is ready."
        }
        Follow::Release => {
            "The pod runs on, its controller let go of it, and another one is ready in its place."
        }
        Follow::Rollout => {
            "Every pod of the workload is ready and of the newest template, but those that a partition holds back."
        }
        Follow::Replicas => {
            "The workload has as many pods as asked for, and all of them are ready."
        }
        Follow::Change => "The object, read again, is as it was to be made.",
        Follow::Start => "The job that was made runs, or has run to its end.",
        Follow::End => "The job has ended and none of its pods runs.",
        Follow::Waves(Until::Gone) => "Every pod that was to go is gone.",
        Follow::Waves(Until::Replaced) => {
            "Every pod that was to go is gone, and as many others are ready. It stops at the first that does not run."
        }
    }
}

fn way_back(action: &dyn Action) -> String {
    match action.way_back() {
        Some(name) => format!("[`{name}`]({name}.md), as a request of its own."),
        None => "None.".to_owned(),
    }
}

fn powers(powers: &[Power]) -> String {
    let rows = powers.iter().map(|power| {
        let group = if power.group.is_empty() { "core" } else { power.group };
        format!("| {group} | {} | {} |\n", power.resources.join(", "), power.verbs.join(", "))
    });
    format!("| API group | resources | verbs |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

fn reads(action: &dyn Action) -> String {
    match action.reads() {
        Reads::Pods if action.targets().iter().any(|kind| kind.is_cluster_wide()) => {
            "`get` on the target and on the namespace `kube-system`, through which it is reached; the pods on it are read \
             by the console."
                .to_owned()
        }
        Reads::Target if action.targets().iter().any(|kind| kind.is_cluster_wide()) => {
            "`get` on the target and on the namespace `kube-system`, through which it is reached.".to_owned()
        }
        Reads::Target => "`get` on the target and on its namespace.".to_owned(),
        Reads::Pods => "`get` on the target and on its namespace; its pods are read by the console.".to_owned(),
        Reads::Revisions => "`get` on the target and on its namespace, and `list` on `replicasets` (Deployments) or \
                             `controllerrevisions` (the others)."
            .to_owned(),
    }
}

fn kubectl(action: &dyn Action) -> String {
    let Some(kind) = action.targets().first() else { return String::new() };
    let command = action.kubectl(&example(*kind), &examples(action));
    format!("```sh\n{command}\n```")
}

fn example(kind: TargetKind) -> TargetRef {
    let (namespace, name) = if kind.is_cluster_wide() {
        (Namespace::platform(), "node-a-1")
    } else {
        ("checkout".parse().expect("a name"), "checkout-api")
    };
    TargetRef {
        cluster: "demo".parse().expect("a name"),
        namespace,
        kind,
        name: name.parse().expect("a name"),
    }
}

fn examples(action: &dyn Action) -> Parameters {
    let example = |parameter: &Parameter| match parameter.bounds {
        Bounds::Integer { .. } => 5.into(),
        Bounds::Revision => 3.into(),
        Bounds::Quantity if parameter.name.starts_with("cpu") => "250m".into(),
        Bounds::Quantity => "512Mi".into(),
        Bounds::Container => "checkout-api".into(),
        Bounds::Pods => {
            ["checkout-api-7d9f-abcde", "checkout-api-7d9f-fghij"].into_iter().collect()
        }
        Bounds::StayOrLose => STAY.into(),
    };
    let parameters = action.parameters().iter();
    parameters.map(|parameter| (parameter.name.to_owned(), example(parameter))).collect()
}
