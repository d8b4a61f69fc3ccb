//! Discovery, version and health: what a client reads before it asks for anything.
//!
//! Never serves the aggregated form: clients fall back to this one.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    Answer,
    reviews::{self, Review},
};
use crate::{kinds, kinds::Kind};

pub(super) fn answer(path: &str) -> Answer {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let found = match segments.as_slice() {
        ["version"] => Some(version()),
        ["api"] => Some(
            json!({ "kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": [] }),
        ),
        ["apis"] => {
            let groups: Vec<Value> =
                groups().iter().map(|(name, version)| group(name, version)).collect();
            Some(json!({ "kind": "APIGroupList", "apiVersion": "v1", "groups": groups }))
        }
        ["apis", name] => groups().get(name).map(|version| {
            let mut group = group(name, version);
            group["kind"] = json!("APIGroup");
            group["apiVersion"] = json!("v1");
            group
        }),
        ["api", version] => resources("", version),
        ["apis", group, version] => resources(group, version),
        ["healthz" | "livez" | "readyz", ..] => {
            return Answer::Text(StatusCode::OK, "ok".to_owned());
        }
        _ => None,
    };
    found.map_or_else(Answer::page_not_found, Answer::ok)
}

pub(super) fn is_group_version(group: &str, version: &str) -> bool {
    if group.is_empty() { version == "v1" } else { groups().get(group) == Some(&version) }
}

/// The named groups and their versions.
fn groups() -> BTreeMap<&'static str, &'static str> {
    let stored = kinds::ALL.iter().map(|kind| (kind.group, kind.version));
    stored.chain([(reviews::GROUP, "v1")]).filter(|(group, _)| !group.is_empty()).collect()
}

fn group(name: &str, version: &str) -> Value {
    let version = json!({ "groupVersion": format!("{name}/{version}"), "version": version });
    json!({ "name": name, "versions": [version], "preferredVersion": version })
}

fn resources(group: &str, version: &str) -> Option<Value> {
    if !is_group_version(group, version) {
        return None;
    }
    let own = kinds::ALL.iter().filter(|kind| kind.group == group);
    let mut resources: Vec<Value> = own.flat_map(|kind| of_kind(kind)).collect();
    if group == reviews::GROUP {
        resources.extend(Review::ALL.into_iter().map(of_review));
    }
    let group_version =
        if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    Some(json!({
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources,
    }))
}

fn of_kind(kind: &Kind) -> Vec<Value> {
    let verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    let mut resources = vec![json!({
        "name": kind.plural, "singularName": kind.singular, "namespaced": kind.is_namespaced(),
        "kind": kind.name, "verbs": verbs, "shortNames": kind.short,
    })];
    if *kind == kinds::POD {
        resources.push(json!({
            "name": "pods/eviction", "singularName": "", "namespaced": true,
            "group": "policy", "version": "v1", "kind": "Eviction", "verbs": ["create"],
        }));
        resources.push(json!({
            "name": "pods/log", "singularName": "", "namespaced": true, "kind": "Pod", "verbs": ["get"],
        }));
    }
    if *kind == kinds::SERVICE_ACCOUNT {
        resources.push(json!({
            "name": "serviceaccounts/token", "singularName": "", "namespaced": true,
            "group": "authentication.k8s.io", "version": "v1", "kind": "TokenRequest", "verbs": ["create"],
        }));
    }
    if kind.has_scale() {
        resources.push(json!({
            "name": format!("{}/scale", kind.plural), "singularName": "", "namespaced": true,
            "group": "autoscaling", "version": "v1", "kind": "Scale", "verbs": ["get", "patch", "update"],
        }));
    }
    if kind.has_status() {
        resources.push(json!({
            "name": format!("{}/status", kind.plural), "singularName": "", "namespaced": kind.is_namespaced(),
            "kind": kind.name, "verbs": ["get", "patch", "update"],
        }));
    }
    resources
}

fn of_review(review: Review) -> Value {
    json!({
        "name": review.plural(), "singularName": review.kind().to_lowercase(),
        "namespaced": review.is_namespaced(), "kind": review.kind(), "verbs": ["create"],
    })
}

fn version() -> Value {
    json!({
        "major": "1", "minor": "33", "gitVersion": "v1.33.0+demo", "gitCommit": "", "gitTreeState": "clean",
        "buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "rustc", "platform": "demo/embedded",
    })
}
