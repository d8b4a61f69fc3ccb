//! Every route, knocked at by everyone who should not get far. A route that is not expected here fails.

use std::collections::BTreeMap;

use person::{Answer, Browser};
use sekisho::http::{Endpoint, Verb, endpoints};
use serde_json::json;

use crate::{
    samples::{body_of, path_of},
    world::World,
};

/// The status of each route for: a stranger · a page of another origin · a body that is not JSON · somebody
/// without a role · somebody of another tenant. All but the first are signed in; bodies are well-formed, and
/// name a request of somebody else in the team of whoever has no role.
const EXPECTED: &[(&str, [u16; 5])] = &[
    ("GET /healthz", [200, 200, 200, 200, 200]),
    ("GET /readyz", [200, 200, 200, 200, 200]),
    ("GET /api/openapi.json", [200, 200, 200, 200, 200]),
    ("POST /api/v1/identity/enrolment/options", [410, 403, 415, 410, 410]),
    ("POST /api/v1/identity/enrolment", [410, 403, 415, 410, 410]),
    ("POST /api/v1/identity/session/options", [200, 403, 415, 200, 200]),
    ("POST /api/v1/identity/session", [410, 403, 415, 410, 410]),
    ("DELETE /api/v1/identity/session", [401, 403, 415, 204, 204]),
    ("GET /api/v1/me", [401, 200, 200, 200, 200]),
    ("GET /api/v1/identity/sessions", [401, 200, 200, 200, 200]),
    ("DELETE /api/v1/identity/sessions", [401, 403, 415, 204, 204]),
    ("DELETE /api/v1/identity/sessions/{id}", [401, 403, 415, 404, 404]),
    ("GET /api/v1/identity/passkeys", [401, 200, 200, 200, 200]),
    ("POST /api/v1/identity/passkeys/signature-options", [401, 403, 415, 200, 200]),
    ("POST /api/v1/identity/passkeys/options", [401, 403, 415, 410, 410]),
    ("POST /api/v1/identity/passkeys", [401, 403, 415, 410, 410]),
    ("DELETE /api/v1/identity/passkeys/{id}", [401, 403, 415, 410, 410]),
    ("GET /api/v1/people", [401, 403, 403, 403, 403]),
    ("POST /api/v1/people/{login}/invitation", [401, 403, 415, 403, 403]),
    ("POST /api/v1/people/{login}/lock", [401, 403, 415, 403, 403]),
    ("POST /api/v1/people/{login}/unlock", [401, 403, 415, 403, 403]),
    ("GET /api/v1/recoveries", [401, 200, 200, 200, 200]),
    ("POST /api/v1/recoveries", [401, 403, 415, 403, 403]),
    ("GET /api/v1/recoveries/{id}", [401, 200, 200, 200, 404]),
    // A team mate may sign.
    ("POST /api/v1/recoveries/{id}/signature-options", [401, 403, 415, 200, 404]),
    ("POST /api/v1/recoveries/{id}/decisions", [401, 403, 415, 410, 404]),
    ("POST /api/v1/recoveries/{id}/link", [401, 403, 415, 409, 404]),
    ("POST /api/v1/recoveries/{id}/stop", [401, 403, 415, 403, 404]),
    ("POST /api/v1/recoveries/{id}/review/signature-options", [401, 403, 415, 403, 404]),
    ("POST /api/v1/recoveries/{id}/review/verdict", [401, 403, 415, 403, 404]),
    ("GET /api/v1/tenants", [401, 200, 200, 200, 200]),
    ("GET /api/v1/tenants/{cluster}/{namespace}", [401, 200, 200, 200, 404]),
    ("GET /api/v1/tenants/{cluster}/{namespace}/pods", [401, 200, 200, 200, 404]),
    ("GET /api/v1/tenants/{cluster}/{namespace}/pods/{name}", [401, 200, 200, 200, 404]),
    // The tenant is not the platform's: there are no nodes to be had through it.
    ("GET /api/v1/tenants/{cluster}/{namespace}/nodes", [401, 200, 200, 200, 404]),
    ("GET /api/v1/tenants/{cluster}/{namespace}/nodes/{name}", [401, 404, 404, 404, 404]),
    ("GET /api/v1/tenants/{cluster}/{namespace}/access", [401, 200, 200, 200, 404]),
    ("GET /api/v1/actions", [401, 200, 200, 200, 404]),
    ("GET /api/v1/requests", [401, 200, 200, 200, 200]),
    ("POST /api/v1/requests", [401, 403, 415, 403, 404]),
    ("GET /api/v1/requests/{id}", [401, 200, 200, 200, 404]),
    ("POST /api/v1/requests/{id}/withdrawal", [401, 403, 415, 403, 404]),
    ("POST /api/v1/requests/{id}/signature-options", [401, 403, 415, 403, 404]),
    ("POST /api/v1/requests/{id}/decisions", [401, 403, 415, 403, 404]),
    ("POST /api/v1/requests/{id}/execution", [401, 403, 415, 403, 404]),
    ("GET /api/v1/requests/{id}/events", [401, 200, 200, 200, 404]),
    ("GET /api/v1/grantable-roles", [401, 200, 200, 200, 404]),
    ("GET /api/v1/grantable-roles/{name}", [401, 200, 200, 200, 404]),
    ("GET /api/v1/grants", [401, 200, 200, 200, 200]),
    ("POST /api/v1/grants", [401, 403, 415, 201, 404]),
    ("GET /api/v1/grants/{id}", [401, 200, 200, 200, 404]),
    ("POST /api/v1/grants/{id}/signature-options", [401, 403, 415, 403, 404]),
    ("POST /api/v1/grants/{id}/decisions", [401, 403, 415, 403, 404]),
    ("POST /api/v1/grants/{id}/return", [401, 403, 415, 403, 404]),
    ("POST /api/v1/grants/{id}/kubeconfig", [401, 403, 415, 403, 404]),
    ("POST /api/v1/grants/{id}/extension", [401, 403, 415, 403, 404]),
    ("GET /api/v1/grants/{id}/weighing", [401, 200, 200, 200, 404]),
    ("POST /api/v1/grants/{id}/revocation", [401, 403, 415, 403, 404]),
    ("GET /api/v1/break-glass", [401, 200, 200, 200, 200]),
    ("GET /api/v1/break-glass/offer", [401, 200, 200, 200, 404]),
    ("POST /api/v1/break-glass", [401, 403, 415, 403, 404]),
    ("GET /api/v1/break-glass/{id}", [401, 200, 200, 200, 404]),
    ("POST /api/v1/break-glass/{id}/signature-options", [401, 403, 415, 403, 404]),
    ("POST /api/v1/break-glass/{id}/opening", [401, 403, 415, 403, 404]),
    ("POST /api/v1/break-glass/{id}/closing", [401, 403, 415, 403, 404]),
    ("POST /api/v1/break-glass/{id}/account", [401, 403, 415, 403, 404]),
    ("GET /api/v1/reviews", [401, 200, 200, 200, 200]),
    ("GET /api/v1/reviews/summary", [401, 403, 403, 403, 403]),
    // A member of the team sees that a session is live, and is no reviewer of it.
    ("GET /api/v1/reviews/{id}", [401, 404, 404, 404, 404]),
    ("POST /api/v1/reviews/{id}/signature-options", [401, 403, 415, 404, 404]),
    ("POST /api/v1/reviews/{id}/verdict", [401, 403, 415, 404, 404]),
    ("GET /api/v1/tokens", [401, 200, 200, 200, 200]),
    ("POST /api/v1/tokens/{id}/revocation", [401, 403, 415, 404, 404]),
    ("GET /api/v1/entries", [401, 200, 200, 200, 200]),
    ("GET /api/v1/notifications", [401, 403, 403, 403, 403]),
    ("POST /api/v1/notifications/{id}/retry", [401, 403, 415, 403, 403]),
    ("GET /api/v1/stream", [401, 200, 200, 200, 404]),
];

async fn knock(mut browser: Browser, endpoint: &Endpoint, request: &str) -> Answer {
    let not_json = browser.sends() != "application/json" && endpoint.verb != Verb::Get;
    let body = body_of(endpoint).or_else(|| not_json.then(|| json!({})));
    let path = path_of(endpoint, request);
    browser.call(endpoint.verb.as_str(), &path, body.map(|body| body.to_string())).await
}

/// What each caller is answered, in a world of their own: some routes end sessions.
async fn row(endpoint: &Endpoint) -> [u16; 5] {
    let (world, request) =
        if endpoint.path.contains("break-glass") || endpoint.path.contains("reviews") {
            World::with_session_of_another().await
        } else if endpoint.path.contains("grant") {
            World::with_wish_of_another().await
        } else if endpoint.path.contains("recoveries") {
            World::with_recovery_of_another().await
        } else {
            World::with_request().await
        };
    let stranger = world.browser();
    let (engineer, _) = world.person("engineer").await;
    let elsewhere = engineer.clone().on_page_of("https://evil.example");
    let form = engineer.clone().sending("text/plain");
    let (outsider, _) = world.person("outsider").await;
    let mut statuses = Vec::new();
    for browser in [stranger, elsewhere, form, engineer, outsider] {
        let answer = knock(browser, endpoint, &request).await;
        if answer.status.is_client_error() {
            assert!(answer.body["code"].is_string(), "{} {answer:?}", endpoint.path);
        }
        statuses.push(answer.status.as_u16());
    }
    statuses.try_into().unwrap()
}

#[tokio::test]
async fn every_route_answers_as_expected_to_whoever_should_not_get_far() {
    let mut expected: BTreeMap<_, _> = EXPECTED.iter().copied().collect();
    for endpoint in endpoints() {
        let route = format!("{} {}", endpoint.verb.as_str(), endpoint.path);
        let statuses = expected.remove(route.as_str());
        assert_eq!(Some(row(&endpoint).await), statuses, "{route}");
    }
    assert!(expected.is_empty(), "there is no route {expected:?}");
}

#[tokio::test]
async fn a_hidden_tenant_and_none_at_all_give_the_same_answer() {
    let world = World::new().await;
    let (mut outsider, _) = world.person("outsider").await;
    for (hidden, nothing) in [
        ("/api/v1/tenants/demo/checkout", "/api/v1/tenants/demo/nothing"),
        ("/api/v1/tenants/demo/checkout/pods", "/api/v1/tenants/nothing/checkout/pods"),
        ("/api/v1/tenants/demo/checkout/pods/api-0", "/api/v1/tenants/demo/checkout/pods/NO%20POD"),
        ("/api/v1/tenants/demo/kube-system/nodes", "/api/v1/tenants/demo/nothing/nodes"),
        (
            "/api/v1/tenants/demo/kube-system/nodes/node-1",
            "/api/v1/tenants/demo/ledger/nodes/node-1",
        ),
        (
            "/api/v1/grantable-roles?cluster=demo&namespace=checkout",
            "/api/v1/grantable-roles?cluster=demo&namespace=nothing",
        ),
        (
            "/api/v1/grantable-roles/debug?cluster=demo&namespace=checkout",
            "/api/v1/grantable-roles/debug?cluster=nothing&namespace=checkout",
        ),
        (
            "/api/v1/actions?cluster=demo&namespace=checkout&kind=Pod&name=api-0",
            "/api/v1/actions?cluster=demo&namespace=nothing&kind=Pod&name=api-0",
        ),
        (
            "/api/v1/actions?cluster=demo&namespace=kube-system&kind=Node&name=node-1",
            // That tenant is theirs to see; the node is not reached through it.
            "/api/v1/actions?cluster=demo&namespace=ledger&kind=Node&name=node-1",
        ),
    ] {
        let (hidden, nothing) = (outsider.get(hidden).await, outsider.get(nothing).await);
        assert_eq!(hidden.status, 404);
        assert_eq!((hidden.status, hidden.headers), (nothing.status, nothing.headers));
        assert_eq!(hidden.body, nothing.body);
    }
}
