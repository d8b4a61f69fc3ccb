//! Merge patches and JSON patches, kept and rehearsed.

use serde_json::{Value, json};

use crate::running::{LEDGER_API, Running, deployment, get, json_patch, merge, rolled_over};

async fn ready() -> (Running, kube::Client) {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(2, ""));
    rolled_over(&client, 2).await;
    (running, client)
}

#[tokio::test]
async fn a_json_patch_tests_and_changes() {
    let (_running, client) = ready().await;
    let uid = get(&client, LEDGER_API).await.1["metadata"]["uid"].clone();
    let patch = json!([
        { "op": "test", "path": "/metadata/uid", "value": uid },
        { "op": "test", "path": "/spec/replicas", "value": 2 },
        { "op": "replace", "path": "/spec/replicas", "value": 1 },
        { "op": "add", "path": "/metadata/labels", "value": { "tier": "api" } },
        { "op": "add", "path": "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt",
          "value": "2026-11-22T09:00:00Z" },
    ]);
    let (code, patched) = json_patch(&client, LEDGER_API, patch).await;
    assert_eq!((code, &patched["spec"]["replicas"]), (200, &json!(1)), "{patched}");
    assert_eq!(patched["metadata"]["labels"], json!({ "tier": "api" }));
    rolled_over(&client, 1).await;
}

#[tokio::test]
async fn a_json_patch_that_does_not_fit_is_unprocessable_and_changes_nothing() {
    let (_running, client) = ready().await;
    let before = get(&client, LEDGER_API).await.1;
    for operation in [
        json!({ "op": "test", "path": "/metadata/uid", "value": "other" }),
        json!({ "op": "replace", "path": "/spec/foo/bar", "value": 1 }),
        json!({ "op": "remove", "path": "/spec/foo" }),
        json!({ "op": "frob", "path": "/spec/replicas" }),
    ] {
        let scale = json!({ "op": "replace", "path": "/spec/replicas", "value": 9 });
        let (code, status) = json_patch(&client, LEDGER_API, json!([scale, operation])).await;
        assert_eq!((code, &status["reason"]), (422, &json!("Invalid")), "{operation}");
        assert_eq!(
            status["message"],
            "the server rejected our request due to an error in our request"
        );
    }
    let (code, status) = json_patch(&client, LEDGER_API, json!({ "spec": {} })).await;
    assert_eq!((code, &status["reason"]), (400, &json!("BadRequest")), "not a list");
    assert_eq!(get(&client, LEDGER_API).await.1, before);
}

#[tokio::test]
async fn a_rehearsed_patch_shows_what_would_be_and_keeps_nothing() {
    let (_running, client) = ready().await;
    let before = get(&client, LEDGER_API).await.1;
    let path = format!("{LEDGER_API}?dryRun=All&fieldManager=sekisho");
    let merged = merge(&client, &path, json!({ "spec": { "replicas": 5 } })).await;
    let operations = json!([{ "op": "replace", "path": "/spec/replicas", "value": 5 }]);
    for (code, shown) in [merged, json_patch(&client, &path, operations).await] {
        assert_eq!((code, &shown["spec"]["replicas"]), (200, &json!(5)));
        let (old, new) = (&before["metadata"], &shown["metadata"]);
        assert_eq!(new["generation"], old["generation"].as_i64().unwrap() + 1);
        assert_eq!(new["resourceVersion"], old["resourceVersion"]);
    }
    assert_eq!(get(&client, LEDGER_API).await.1, before);
    let (code, status) = merge(&client, &format!("{LEDGER_API}?dryRun=Some"), json!({})).await;
    assert_eq!(code, 422);
    let message = status["message"].as_str().unwrap();
    assert!(message.starts_with("PatchOptions.meta.k8s.io \"\" is invalid: dryRun:"), "{message}");
}

#[tokio::test]
async fn a_patch_of_another_version_conflicts_and_of_another_object_is_invalid() {
    let (_running, client) = ready().await;
    let old = json!({ "metadata": { "resourceVersion": "1" }, "spec": { "replicas": 1 } });
    let (code, status) = merge(&client, LEDGER_API, old).await;
    assert_eq!((code, &status["reason"]), (409, &json!("Conflict")));
    assert_eq!(
        status["message"],
        "Operation cannot be fulfilled on deployments.apps \"ledger-api\": the object has been modified; \
         please apply your changes to the latest version and try again"
    );
    let other = json!({ "metadata": { "uid": "other" }, "spec": { "replicas": 1 } });
    let (code, status) = merge(&client, LEDGER_API, other).await;
    assert_eq!(code, 422, "as a real server answers: to a patch the UID is an immutable field");
    assert_eq!(
        status["message"],
        "Deployment.apps \"ledger-api\" is invalid: metadata.uid: Invalid value: \"other\": field is immutable"
    );
    let now = get(&client, LEDGER_API).await.1;
    let (uid, version) = (&now["metadata"]["uid"], &now["metadata"]["resourceVersion"]);
    let right = json!({ "metadata": { "uid": uid, "resourceVersion": version }, "spec": { "replicas": 1 } });
    assert_eq!(merge(&client, LEDGER_API, right).await.0, 200);
}

#[tokio::test]
async fn a_replacement_of_another_object_conflicts() {
    let (_running, client) = ready().await;
    let mut other = deployment(1, "");
    other["metadata"]["uid"] = json!("other");
    let request = http::Request::put(LEDGER_API);
    let (code, status) = crate::running::send(&client, request, other).await;
    let message = status["message"].as_str().unwrap();
    assert_eq!(code, 409);
    assert!(message.contains("Precondition failed: UID in precondition: other"), "{message}");
}

#[tokio::test]
async fn what_a_patch_leaves_must_still_be_of_its_kind() {
    let (_running, client) = ready().await;
    for patch in [
        json!({ "spec": { "replicas": "many" } }),
        json!({ "spec": { "paused": "yes" } }),
        json!({ "metadata": { "labels": { "a": 1 } } }),
        Value::Array(Vec::new()),
    ] {
        let (code, status) = merge(&client, LEDGER_API, patch).await;
        let message = status["message"].as_str().unwrap();
        assert_eq!((code, &status["reason"]), (422, &json!("Invalid")), "{message}");
        assert!(message.starts_with(" \"\" is invalid: patch: Invalid value: "), "{message}");
        assert_eq!(status["details"]["causes"][0]["field"], "patch");
    }
}
