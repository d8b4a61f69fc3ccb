//! The `scale` subresource.

use http::Request;
use kube::Client;
use serde_json::{Value, json};

use crate::running::{LEDGER_API, Running, deployment, get, json_patch, merge, rolled_over, send};

const SCALE: &str = "/apis/apps/v1/namespaces/ledger/deployments/ledger-api/scale";

async fn ready() -> (Running, Client) {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    (running, client)
}

#[tokio::test]
async fn a_scale_is_read_replaced_and_patched() {
    let (_running, client) = ready().await;
    let (code, scale) = get(&client, SCALE).await;
    assert_eq!(code, 200);
    assert_eq!((&scale["kind"], &scale["apiVersion"]), (&json!("Scale"), &json!("autoscaling/v1")));
    assert_eq!(scale["spec"], json!({ "replicas": 2 }));
    assert_eq!(scale["status"], json!({ "replicas": 2, "selector": "app=ledger-api" }));
    let mut wanted = scale.clone();
    wanted["spec"]["replicas"] = json!(3);
    let (code, stored) = send(&client, Request::put(SCALE), wanted).await;
    assert_eq!((code, &stored["spec"]["replicas"]), (200, &json!(3)));
    rolled_over(&client, 3).await;
    let (code, _) = merge(&client, SCALE, json!({ "spec": { "replicas": 1 } })).await;
    assert_eq!(code, 200);
    rolled_over(&client, 1).await;
    let to_none = json!([
        { "op": "test", "path": "/spec/replicas", "value": 1 },
        { "op": "replace", "path": "/spec/replicas", "value": 0 },
    ]);
    let (code, stored) = json_patch(&client, SCALE, to_none).await;
    assert_eq!((code, &stored["spec"]), (200, &json!({})), "zero is left out");
}

#[tokio::test]
async fn a_rehearsed_scale_keeps_nothing() {
    let (_running, client) = ready().await;
    let before = get(&client, LEDGER_API).await.1;
    let path = format!("{SCALE}?dryRun=All&fieldManager=sekisho");
    let (code, shown) = merge(&client, &path, json!({ "spec": { "replicas": 9 } })).await;
    assert_eq!((code, &shown["spec"]["replicas"]), (200, &json!(9)));
    assert_eq!(shown["metadata"]["resourceVersion"], before["metadata"]["resourceVersion"]);
    assert_eq!(get(&client, LEDGER_API).await.1, before);
}

#[tokio::test]
async fn a_scale_is_judged_as_a_real_server_judges_it() {
    let (_running, client) = ready().await;
    let uid = get(&client, SCALE).await.1["metadata"]["uid"].as_str().unwrap().to_owned();
    let precondition = format!(
        "Operation cannot be fulfilled on deployments/scale.apps \"ledger-api\": \
         Precondition failed: UID in precondition: other, UID in object meta: {uid}"
    );
    let modified = "Operation cannot be fulfilled on deployments.apps \"ledger-api\": the object has been modified; \
         please apply your changes to the latest version and try again";
    let negative = "Scale.autoscaling \"ledger-api\" is invalid: spec.replicas: Invalid value: -1: \
         must be greater than or equal to 0";
    for (patch, code, message) in [
        (json!({ "spec": { "replicas": -1 } }), 422, negative),
        (json!({ "metadata": { "uid": "other" } }), 409, precondition.as_str()),
        (
            json!({ "metadata": { "resourceVersion": "1" }, "spec": { "replicas": 1 } }),
            409,
            modified,
        ),
    ] {
        let (answered, status) = merge(&client, SCALE, patch).await;
        assert_eq!((answered, status["message"].as_str().unwrap()), (code, message));
    }
    let (code, _) = merge(&client, SCALE, json!({ "spec": { "replicas": "two" } })).await;
    assert_eq!(code, 422);
    let missing = SCALE.replace("ledger-api", "nope");
    let (code, status) = merge(&client, &missing, json!({ "spec": { "replicas": 1 } })).await;
    assert_eq!((code, &status["message"]), (404, &json!("deployments.apps \"nope\" not found")));
}

#[tokio::test]
async fn scaling_is_a_right_of_its_own_and_stands_in_discovery() {
    let (running, client) = ready().await;
    let rules = json!([{ "apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get", "patch"] }]);
    running.apply(json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
        "metadata": { "name": "scale" }, "rules": rules,
    }));
    running.apply(json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": { "name": "scale", "namespace": "ledger" },
        "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "scale" },
        "subjects": [{ "kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "on-call" }],
    }));
    let on_call = running.as_user("on-call").await;
    let one = json!({ "spec": { "replicas": 1 } });
    assert_eq!(merge(&on_call, SCALE, one.clone()).await.0, 200);
    let (code, status) = merge(&on_call, LEDGER_API, one).await;
    assert_eq!(code, 403, "{status}");
    let (_, resources) = get(&client, "/apis/apps/v1").await;
    let served = |name: &str| {
        let resources = resources["resources"].as_array().unwrap();
        resources.iter().find(|resource| resource["name"] == name).cloned().unwrap_or(Value::Null)
    };
    for plural in ["deployments", "replicasets", "statefulsets"] {
        let scale = served(&format!("{plural}/scale"));
        assert_eq!((&scale["kind"], &scale["group"]), (&json!("Scale"), &json!("autoscaling")));
    }
    assert!(served("daemonsets/scale").is_null());
}
