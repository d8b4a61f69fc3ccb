//! What containers wrote, and who may read it.

use k8s_openapi::api::core::v1::Pod;
use kube::{Api, Client, api::LogParams};
use serde_json::{Value, json};

use crate::running::{Running, eventually};

fn pod(behaviour: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": { "name": behaviour, "namespace": "ledger", "annotations": { "sekisho.dev/demo": behaviour } },
        "spec": { "restartPolicy": "Never", "containers": [
            { "name": "main", "image": "api:1" }, { "name": "proxy", "image": "proxy:1" },
        ] },
    })
}

fn of(container: &str) -> LogParams {
    LogParams { container: Some(container.to_owned()), ..LogParams::default() }
}

/// A refusal's code and what it says.
fn refusal(read: kube::Result<String>) -> (u16, String) {
    match read {
        Err(kube::Error::Api(status)) => (status.code, status.message.clone()),
        other => panic!("not refused: {other:?}"),
    }
}

/// A pod that has come so far that its container is in that state.
async fn brought(running: &Running, behaviour: &str, state: &str) -> Api<Pod> {
    running.apply(pod(behaviour));
    let pods: Api<Pod> = Api::namespaced(running.admin().await, "ledger");
    eventually(state, || async {
        let pod = serde_json::to_value(pods.get(behaviour).await.unwrap()).unwrap();
        let container = &pod["status"]["containerStatuses"][0]["state"];
        container.to_string().contains(state).then_some(())
    })
    .await;
    pods
}

#[tokio::test]
async fn a_container_that_failed_tells_why_in_its_last_lines() {
    let running = Running::start().await;
    let pods = brought(&running, "fails", "terminated").await;
    let all = pods.logs("fails", &of("main")).await.unwrap();
    assert!(all.lines().count() > 2 && all.ends_with("exit_code=1\n"), "{all}");
    let last = LogParams { tail_lines: Some(1), ..of("main") };
    let last = pods.logs("fails", &last).await.unwrap();
    assert_eq!(last.lines().count(), 1);
    assert!(all.ends_with(&last));
    let bounded = LogParams { limit_bytes: Some(5), ..of("main") };
    assert_eq!(pods.logs("fails", &bounded).await.unwrap(), all[..5]);
}

#[tokio::test]
async fn a_run_that_there_was_not_is_a_bad_request() {
    let running = Running::start().await;
    let pods = brought(&running, "image-pull", "ImagePullBackOff").await;
    let (code, message) = refusal(pods.logs("image-pull", &of("main")).await);
    assert_eq!(code, 400);
    assert!(message.ends_with("is waiting to start: ImagePullBackOff"), "{message}");
    let previous = LogParams { previous: true, ..of("main") };
    let (code, message) = refusal(pods.logs("image-pull", &previous).await);
    assert_eq!(code, 400);
    assert!(message.starts_with("previous terminated container \"main\""), "{message}");
    let (_, message) = refusal(pods.logs("image-pull", &LogParams::default()).await);
    assert!(message.ends_with("choose one of: [main proxy]"), "{message}");
    let (_, message) = refusal(pods.logs("image-pull", &of("other")).await);
    assert_eq!(message, "container other is not valid for pod image-pull");
    assert_eq!(refusal(pods.logs("nobody", &of("main")).await).0, 404);
}

#[tokio::test]
async fn lines_take_a_right_of_their_own() {
    let running = Running::start().await;
    brought(&running, "fails", "terminated").await;
    let rbac = "rbac.authorization.k8s.io";
    for (person, resource) in [("looks", "pods"), ("reads", "pods/log")] {
        running.apply(json!({ "apiVersion": format!("{rbac}/v1"), "kind": "ClusterRole",
            "metadata": { "name": person },
            "rules": [{ "apiGroups": [""], "resources": [resource], "verbs": ["get"] }] }));
        running.apply(json!({ "apiVersion": format!("{rbac}/v1"), "kind": "RoleBinding",
            "metadata": { "name": person, "namespace": "ledger" },
            "roleRef": { "apiGroup": rbac, "kind": "ClusterRole", "name": person },
            "subjects": [{ "kind": "User", "apiGroup": rbac, "name": person }] }));
    }
    let read = async |client: Client| {
        let pods: Api<Pod> = Api::namespaced(client, "ledger");
        pods.logs("fails", &of("main")).await
    };
    let (code, message) = refusal(read(running.as_user("looks").await).await);
    assert_eq!(code, 403);
    assert!(message.contains("cannot get resource \"pods/log\""), "{message}");
    assert!(read(running.as_user("reads").await).await.unwrap().contains("exit_code=1"));
}
