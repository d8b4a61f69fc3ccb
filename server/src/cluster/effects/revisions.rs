//! What a workload was before: the `ReplicaSet`s of a Deployment, the `ControllerRevision`s of the others.

use domain::{
    actions::{Revision, TargetKind, TargetRef},
    resources::ClusterError,
    time::Timestamp,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::cluster::person::Person;

const REVISION: &str = "deployment.kubernetes.io/revision";
const HASH: &str = "pod-template-hash";

/// The revisions of a workload, newest first, read as the person.
pub(super) async fn revisions(
    person: &Person,
    target: &TargetRef,
    object: &Value,
) -> Result<Vec<Revision>, ClusterError> {
    let (plural, read): (_, fn(&Value) -> Option<Revision>) = match target.kind {
        TargetKind::Deployment => ("replicasets", of_replica_set),
        TargetKind::StatefulSet | TargetKind::DaemonSet => ("controllerrevisions", of_controller),
        _ => return Ok(Vec::new()),
    };
    let selector = selector(&object["spec"]["selector"]);
    let selector = utf8_percent_encode(&selector, NON_ALPHANUMERIC);
    let namespace = &target.namespace;
    let path = format!("/apis/apps/v1/namespaces/{namespace}/{plural}?labelSelector={selector}");
    let list: Value = person.get(&path).await?;
    let uid = &object["metadata"]["uid"];
    let owned = |item: &&Value| {
        let owners = item["metadata"]["ownerReferences"].as_array();
        owners.is_some_and(|owners| {
            owners.iter().any(|owner| owner["uid"] == *uid && owner["controller"] == true)
        })
    };
    let mut revisions: Vec<_> =
        list["items"].as_array().into_iter().flatten().filter(owned).filter_map(read).collect();
    revisions.sort_by_key(|revision| -revision.number);
    // Two of one number are none that anybody could mean.
    let numbers: Vec<_> = revisions.iter().map(|revision| revision.number).collect();
    let times = |number| numbers.iter().filter(|other| **other == number).count();
    revisions.retain(|revision| times(revision.number) == 1);
    Ok(revisions)
}

fn of_replica_set(set: &Value) -> Option<Revision> {
    let number = set["metadata"]["annotations"][REVISION].as_str()?.parse().ok()?;
    let mut template = set["spec"]["template"].clone();
    if let Some(labels) = template["metadata"]["labels"].as_object_mut() {
        labels.remove(HASH);
    }
    Some(Revision { number, created_at: created_at(set), template })
}

/// A `ControllerRevision` holds a patch whose template replaces the whole.
fn of_controller(revision: &Value) -> Option<Revision> {
    let number = revision["revision"].as_i64()?;
    let mut template = revision["data"]["spec"]["template"].clone();
    template.as_object_mut()?.remove("$patch");
    Some(Revision { number, created_at: created_at(revision), template })
}

fn created_at(object: &Value) -> Timestamp {
    let text = object["metadata"]["creationTimestamp"].as_str();
    text.and_then(|text| text.parse().ok()).unwrap_or(Timestamp::from_micros(0))
}

/// A label selector as the API's addresses take it.
fn selector(selector: &Value) -> String {
    let labels = selector["matchLabels"].as_object().into_iter().flatten();
    let labels = labels.filter_map(|(name, value)| Some(format!("{name}={}", value.as_str()?)));
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    labels.chain(expressions.filter_map(requirement)).collect::<Vec<_>>().join(",")
}

fn requirement(expression: &Value) -> Option<String> {
    let key = expression["key"].as_str()?;
    let values = expression["values"].as_array().into_iter().flatten();
    let values = values.filter_map(Value::as_str).collect::<Vec<_>>().join(",");
    match expression["operator"].as_str()? {
        "In" => Some(format!("{key} in ({values})")),
        "NotIn" => Some(format!("{key} notin ({values})")),
        "Exists" => Some(key.to_owned()),
        "DoesNotExist" => Some(format!("!{key}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cluster::testkit::cluster;

    #[test]
    fn selectors_are_written_as_addresses_take_them() {
        let told = selector(&json!({
            "matchLabels": {"app": "api"},
            "matchExpressions": [
                {"key": "track", "operator": "NotIn", "values": ["canary", "dark"]},
                {"key": "tier", "operator": "Exists"},
                {"key": "legacy", "operator": "DoesNotExist"},
            ],
        }));
        assert_eq!(told, "app=api,track notin (canary,dark),tier,!legacy");
    }

    #[tokio::test]
    async fn replica_sets_are_revisions_newest_first_and_others_are_left_out() {
        let set = |owner: &str, revision: &str, image: &str| {
            json!({
                "metadata": {"annotations": {REVISION: revision}, "creationTimestamp": "2026-01-01T00:00:00Z",
                    "ownerReferences": [{"uid": owner, "controller": true}]},
                "spec": {"template": {"metadata": {"labels": {"app": "api", HASH: "abc"}}, "spec": {"image": image}}},
            })
        };
        let items =
            [set("d-1", "2", "api:2"), set("d-1", "10", "api:3"), set("other", "7", "web:1")];
        let (client, calls) = cluster(move |_| {
            let list = json!({ "items": items });
            async move { (200, list) }
        });
        let person = Person::looking(&client, &"on-call@kawase.example".parse().unwrap()).unwrap();
        let target = TargetRef {
            cluster: "main".parse().unwrap(),
            namespace: "checkout".parse().unwrap(),
            kind: TargetKind::Deployment,
            name: "api".parse().unwrap(),
        };
        let object = json!({"metadata": {"uid": "d-1"}, "spec": {"selector": {"matchLabels": {"app": "api"}}}});
        let found = revisions(&person, &target, &object).await.unwrap();
        let numbers: Vec<_> = found.iter().map(|revision| revision.number).collect();
        assert_eq!(numbers, [10, 2]);
        assert_eq!(found[0].template["metadata"]["labels"], json!({"app": "api"}));
        assert!(calls.all()[0].path.ends_with("/replicasets?labelSelector=app%3Dapi"));
    }

    #[test]
    fn a_controller_revision_holds_the_whole_template() {
        let revision = json!({"revision": 3, "data": {"spec": {"template": {"$patch": "replace", "spec": {}}}}});
        assert_eq!(of_controller(&revision).unwrap().template, json!({"spec": {}}));
    }
}
