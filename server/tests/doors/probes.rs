//! Probes, the OpenAPI document, headers.

use axum::http::header;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn it_is_ready_while_the_database_answers() {
    let world = World::new().await;
    let ready = world.browser().get("/readyz").await;
    assert_eq!(ready.status, 200);
    let clusters = json!({ "starting": 0, "live": 1, "stale": 0 });
    let expected = json!({ "ready": true, "database": "ok", "policy": "ok", "clusters": clusters });
    assert_eq!(ready.body, expected);
    world.store.close().await;
    let unready = world.browser().get("/readyz").await;
    assert_eq!((unready.status.as_u16(), &unready.body["ready"]), (503, &json!(false)));
    assert_eq!(world.browser().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_database_that_is_away_signs_nobody_out() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    world.store.close().await;
    assert_eq!(browser.get("/api/v1/me").await.code(), (503, "database_unavailable"));
    assert!(browser.cookies.contains_key(sekisho::http::SESSION_COOKIE));
}

#[tokio::test]
async fn every_answer_carries_what_keeps_browsers_careful() {
    let world = World::new().await;
    for path in ["/api/v1/me", "/healthz", "/api/nonsense"] {
        let headers = world.browser().get(path).await.headers;
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), "{path}");
    }
}

#[tokio::test]
async fn a_pod_is_told_of_as_kubectl_does() {
    let world = World::new().await;
    let (mut browser, _) = world.person("engineer").await;
    let list = browser.get("/api/v1/tenants/demo/checkout/pods?sort=name&limit=1").await.done();
    let pod = &list["items"][0];
    assert_eq!((&pod["name"], &pod["ready"]), (&json!("api-0"), &json!("1/2")));
    assert_eq!(list["next"], json!(null));
    let odd = browser.get("/api/v1/tenants/demo/checkout/pods?sort=colour").await;
    assert_eq!(odd.code(), (422, "malformed"));
    let odd = browser.get("/api/v1/tenants/demo/checkout/pods?limit=many").await;
    assert_eq!(odd.code(), (422, "malformed"));
}
