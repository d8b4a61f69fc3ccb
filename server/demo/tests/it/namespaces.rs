//! Namespaces: what comes to them, and what goes with them.

use http::Request;
use serde_json::{Value, json};

use crate::{
    rbac::bind_in,
    running::{Running, get, merge, send},
};

const LEDGER: &str = "/api/v1/namespaces/ledger";

fn settings() -> Value {
    json!({ "metadata": { "name": "a" } })
}

#[tokio::test]
async fn a_namespace_that_is_to_go_takes_its_content_along_and_lets_nothing_in() {
    let running = Running::start().await;
    let admin = running.admin().await;
    let inside = format!("{LEDGER}/configmaps");
    assert_eq!(send(&admin, Request::post(&inside), settings()).await.0, 201);
    running.apply(bind_in("ledger", "view", "User", "u"));
    let held = json!({ "metadata": { "finalizers": ["sekisho.dev/held"] } });
    assert_eq!(merge(&admin, LEDGER, held).await.0, 200);

    let rehearsed = format!("{LEDGER}?dryRun=All");
    assert_eq!(send(&admin, Request::delete(rehearsed), Value::Null).await.0, 200);
    assert_eq!(get(&admin, &format!("{inside}/a")).await.0, 200, "only rehearsed");
    let (code, namespace) = send(&admin, Request::delete(LEDGER), Value::Null).await;
    assert_eq!((code, &namespace["status"]["phase"]), (200, &json!("Terminating")));
    assert_eq!(get(&admin, &format!("{inside}/a")).await.0, 404);
    assert_eq!(get(&admin, &crate::rbac::path("ledger", "rolebindings/view")).await.0, 404);

    let (code, status) = send(&admin, Request::post(&inside), settings()).await;
    assert_eq!(
        (code, status["message"].as_str().unwrap()),
        (
            403,
            "configmaps \"a\" is forbidden: unable to create new content in namespace ledger \
             because it is being terminated"
        )
    );
    assert_eq!(status["details"]["causes"][0]["reason"], "NamespaceTerminating");
    let freed = json!({ "metadata": { "finalizers": null } });
    assert_eq!(merge(&admin, LEDGER, freed).await.0, 200);
    assert_eq!(get(&admin, LEDGER).await.0, 404);
    let (code, status) = send(&admin, Request::post(&inside), settings()).await;
    assert_eq!((code, &status["message"]), (404, &json!("namespaces \"ledger\" not found")));
}

#[tokio::test]
async fn a_namespace_waits_for_nothing_but_its_finalizers() {
    let running = Running::start().await;
    let admin = running.admin().await;
    let options = json!({ "propagationPolicy": "Foreground" });
    assert_eq!(send(&admin, Request::delete(LEDGER), options).await.0, 200);
    assert_eq!(get(&admin, LEDGER).await.0, 404);
}
