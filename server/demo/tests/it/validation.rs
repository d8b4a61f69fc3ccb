//! What a real API server refuses of the objects that actions change.

use http::Request;
use serde_json::{Value, json};

use crate::running::{LEDGER_API, Running, deployment, get, list, merge, rolled_over, send};

fn told(status: &Value) -> (u64, &str) {
    (status["code"].as_u64().unwrap_or_default(), status["message"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_deployment_keeps_its_selector_and_takes_only_good_values() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(1, ""));
    let labels = json!({ "app": "other" });
    let moved = json!({ "selector": { "matchLabels": labels }, "template": { "metadata": { "labels": labels } } });
    let resources = |resources: Value| {
        let container = json!({ "name": "api", "image": "api:1", "resources": resources });
        json!({ "spec": { "template": { "spec": { "containers": [container] } } } })
    };
    for (patch, complaint) in [
        (
            json!({ "spec": { "replicas": -1 } }),
            "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        ),
        (json!({ "spec": moved }), "field is immutable"),
        (
            json!({ "metadata": { "labels": { "a": "b c" } } }),
            "metadata.labels: Invalid value: \"b c\": a valid label must be an empty string",
        ),
        (
            resources(json!({ "limits": { "memory": "1Gi" }, "requests": { "memory": "2Gi" } })),
            "containers[0].resources.requests: Invalid value: \"2Gi\": must be less than or equal to memory limit",
        ),
        (resources(json!({ "limits": { "memory": "lots" } })), "quantities must match"),
    ] {
        let (_, status) = merge(&client, LEDGER_API, patch).await;
        let (code, message) = told(&status);
        assert_eq!(code, 422, "{message}");
        assert!(message.contains(complaint), "{message}");
    }
    let limits = json!({ "limits": { "memory": "1Gi" }, "requests": { "memory": "512Mi" } });
    assert_eq!(merge(&client, LEDGER_API, resources(limits)).await.0, 200);
}

#[tokio::test]
async fn templates_are_filled_in_as_a_real_server_fills_them() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(1, ""));
    let stored = get(&client, LEDGER_API).await.1;
    let spec = &stored["spec"]["template"]["spec"];
    assert_eq!(spec["containers"][0]["resources"], json!({}));
    assert_eq!(spec["containers"][0]["imagePullPolicy"], "IfNotPresent");
    assert_eq!(
        (&spec["restartPolicy"], &spec["dnsPolicy"]),
        (&json!("Always"), &json!("ClusterFirst"))
    );
}

#[tokio::test]
async fn of_a_running_pod_hardly_anything_may_change() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(deployment(1, ""));
    rolled_over(&client, 1).await;
    let pods = list(&client, "/api/v1/namespaces/ledger/pods").await;
    let name = pods[0]["metadata"]["name"].as_str().unwrap();
    let path = format!("/api/v1/namespaces/ledger/pods/{name}");
    let hurried = json!({ "spec": { "terminationGracePeriodSeconds": 5 } });
    let (_, status) = merge(&client, &path, hurried).await;
    let (code, message) = told(&status);
    assert_eq!(code, 422);
    assert!(
        message.contains("spec: Forbidden: pod updates may not change fields other than"),
        "{message}"
    );
    let annotated = json!({ "metadata": { "annotations": { "sekisho.dev/note": "seen" } } });
    assert_eq!(merge(&client, &path, annotated).await.0, 200);
}

#[tokio::test]
async fn jobs_are_made_to_end_and_keep_their_templates() {
    let running = Running::start().await;
    let client = running.admin().await;
    let path = "/apis/batch/v1/namespaces/ledger/jobs";
    let container = json!({ "name": "run", "image": "close:1" });
    let job = |policy: &str| {
        let spec = json!({ "restartPolicy": policy, "containers": [container] });
        json!({ "metadata": { "name": "close" }, "spec": { "template": { "spec": spec } } })
    };
    let (_, status) = send(&client, Request::post(path), job("Always")).await;
    let (code, message) = told(&status);
    assert_eq!(
        (code, message),
        (
            422,
            "Job.batch \"close\" is invalid: spec.template.spec.restartPolicy: Required value: \
               valid values: \"OnFailure\", \"Never\""
        )
    );
    let (code, made) = send(&client, Request::post(path), job("Never")).await;
    assert_eq!(code, 201, "{made}");
    let uid = &made["metadata"]["uid"];
    let labels = &made["spec"]["template"]["metadata"]["labels"];
    assert_eq!(labels["batch.kubernetes.io/controller-uid"], *uid);
    assert_eq!(made["spec"]["selector"]["matchLabels"]["batch.kubernetes.io/controller-uid"], *uid);
    let path = format!("{path}/close");
    let restarted = json!({ "template": { "metadata": { "annotations": { "a": "b" } } } });
    for (patch, field) in [
        (json!({ "spec": restarted }), "spec.template"),
        (json!({ "spec": { "completions": 3 } }), "spec.completions"),
    ] {
        let (_, status) = merge(&client, &path, patch).await;
        assert_eq!(told(&status).0, 422);
        assert_eq!(status["details"]["causes"][0]["field"], field);
    }
    let (_, status) = merge(&client, &path, json!({ "spec": { "suspend": "yes" } })).await;
    assert_eq!(told(&status).0, 422, "no boolean");
    assert_eq!(merge(&client, &path, json!({ "spec": { "suspend": true } })).await.0, 200);
}

#[tokio::test]
async fn autoscalers_are_served_and_judged() {
    let running = Running::start().await;
    let client = running.admin().await;
    let target = json!({ "apiVersion": "apps/v1", "kind": "Deployment", "name": "ledger-api" });
    running.apply(json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": { "name": "ledger-api", "namespace": "ledger" },
        "spec": { "scaleTargetRef": target, "maxReplicas": 4 },
    }));
    let all = list(&client, "/apis/autoscaling/v2/horizontalpodautoscalers").await;
    assert_eq!(all[0]["spec"]["minReplicas"], 1);
    let path = "/apis/autoscaling/v2/namespaces/ledger/horizontalpodautoscalers/ledger-api";
    let (code, patched) = merge(&client, path, json!({ "spec": { "minReplicas": 2 } })).await;
    assert_eq!((code, &patched["spec"]["minReplicas"]), (200, &json!(2)));
    let (_, status) = merge(&client, path, json!({ "spec": { "minReplicas": 5 } })).await;
    assert_eq!(
        told(&status),
        (
            422,
            "HorizontalPodAutoscaler.autoscaling \"ledger-api\" is invalid: spec.maxReplicas: \
               Invalid value: 4: must be greater than or equal to `minReplicas`"
        )
    );
    let status = json!({ "status": { "currentReplicas": 2, "desiredReplicas": 3 } });
    let (code, told) = merge(&client, &format!("{path}/status"), status).await;
    assert_eq!((code, &told["status"]["desiredReplicas"]), (200, &json!(3)));
}
