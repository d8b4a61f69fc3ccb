//! Tokens of service accounts: whom they prove, and when they no longer do.

use http::Request;
use jiff::SignedDuration;
use k8s_openapi::api::{authentication::v1::TokenRequest, core::v1::ServiceAccount};
use kube::{Api, Client, ResourceExt, api::PostParams};
use serde_json::{Value, json};

use crate::running::{MovingClock, Running, get, send, start_time};

const ACCOUNTS: &str = "/api/v1/namespaces/ledger/serviceaccounts";
const ACCOUNT: &str = "/api/v1/namespaces/ledger/serviceaccounts/grant-1";

async fn with_account(clock: &MovingClock) -> (Running, Client) {
    let running = Running::with(clock.options()).await;
    let admin = running.admin().await;
    assert_eq!(create_account(&admin).await, 201);
    (running, admin)
}

async fn create_account(client: &Client) -> u16 {
    let account = json!({ "metadata": { "name": "grant-1" } });
    send(client, Request::post(ACCOUNTS), account).await.0
}

async fn ask(client: &Client, spec: Value) -> (u16, Value) {
    send(client, Request::post(format!("{ACCOUNT}/token")), json!({ "spec": spec })).await
}

async fn token(client: &Client, spec: Value) -> String {
    let (code, answer) = ask(client, spec).await;
    assert_eq!(code, 201, "{answer}");
    answer["status"]["token"].as_str().unwrap().to_owned()
}

/// How a request ends that whoever is somebody may make.
async fn try_with(running: &Running, token: &str) -> u16 {
    get(&running.client(token).await, "/apis").await.0
}

#[tokio::test]
async fn a_token_is_its_account_and_nobody_else() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let accounts: Api<ServiceAccount> = Api::namespaced(admin, "ledger");
    let uid = accounts.get("grant-1").await.unwrap().uid().unwrap();
    let asked = TokenRequest::default();
    let issued =
        accounts.create_token_request("grant-1", &PostParams::default(), &asked).await.unwrap();
    assert_eq!(issued.name_any(), "grant-1");
    assert_eq!(issued.spec.unwrap().expiration_seconds, Some(3600));
    let status = issued.status.unwrap();
    let (token, expires) = (status.token.unwrap(), status.expiration_timestamp.unwrap().0);
    assert_eq!(expires, start_time() + SignedDuration::from_hours(1));
    assert_eq!(try_with(&running, &token).await, 200);

    let events = running.cluster.audit().events();
    let user = &events.last().unwrap()["user"];
    assert_eq!(user["username"], "system:serviceaccount:ledger:grant-1");
    assert_eq!(user["uid"], uid);
    assert_eq!(
        user["groups"],
        json!(["system:serviceaccounts", "system:serviceaccounts:ledger", "system:authenticated"])
    );
    let issuing = events.iter().find(|event| event["objectRef"]["subresource"] == "token").unwrap();
    assert_eq!(
        user["extra"]["authentication.kubernetes.io/credential-id"],
        json!([issuing["annotations"]["authentication.kubernetes.io/issued-credential-id"]])
    );
    assert_eq!(
        (&issuing["verb"], &issuing["responseStatus"]["code"]),
        (&json!("create"), &json!(201))
    );
    assert!(!json!(events).to_string().contains(&token), "the token itself is told nowhere");
}

#[tokio::test]
async fn no_two_tokens_are_alike_and_each_is_the_account() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let (one, other) = (token(&admin, json!({})).await, token(&admin, json!({})).await);
    assert!(one != other && one.len() >= 32, "{}", one.len());
    assert_eq!((try_with(&running, &one).await, try_with(&running, &other).await), (200, 200));
    assert_eq!(try_with(&running, &one[1..]).await, 401);
}

#[tokio::test]
async fn a_token_ends_at_its_time_whether_or_not_others_follow() {
    let clock = MovingClock::new();
    let (running, admin) = with_account(&clock).await;
    let (short, long) = (
        token(&admin, json!({ "expirationSeconds": 600 })).await,
        token(&admin, json!({ "expirationSeconds": 1200 })).await,
    );
    clock.pass(SignedDuration::from_secs(599));
    assert_eq!((try_with(&running, &short).await, try_with(&running, &long).await), (200, 200));
    clock.pass(SignedDuration::from_secs(1));
    assert_eq!((try_with(&running, &short).await, try_with(&running, &long).await), (401, 200));
    token(&admin, json!({})).await;
    assert_eq!((try_with(&running, &short).await, try_with(&running, &long).await), (401, 200));
    let (_, status) = get(&running.client(&short).await, "/apis").await;
    assert_eq!(
        (&status["reason"], &status["message"]),
        (&json!("Unauthorized"), &json!("Unauthorized"))
    );
}

#[tokio::test]
async fn a_token_ends_with_its_account_and_is_not_its_successors() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let old = token(&admin, json!({})).await;
    let (code, deleted) = send(&admin, Request::delete(ACCOUNT), Value::Null).await;
    assert_eq!((code, &deleted["kind"]), (200, &json!("ServiceAccount")), "it is shown as it was");
    assert_eq!(try_with(&running, &old).await, 401);
    assert_eq!(create_account(&admin).await, 201);
    assert_eq!(try_with(&running, &old).await, 401, "another account of the same name");
    assert_eq!(try_with(&running, &token(&admin, json!({})).await).await, 200);
}

#[tokio::test]
async fn an_account_that_is_to_go_proves_nobody() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let held = json!({ "metadata": { "finalizers": ["sekisho.dev/held"] } });
    assert_eq!(crate::running::merge(&admin, ACCOUNT, held).await.0, 200);
    let token = token(&admin, json!({})).await;
    assert_eq!(try_with(&running, &token).await, 200);
    assert_eq!(send(&admin, Request::delete(ACCOUNT), Value::Null).await.0, 200);
    assert_eq!(get(&admin, ACCOUNT).await.0, 200, "still there");
    assert_eq!(try_with(&running, &token).await, 401);
}

#[tokio::test]
async fn a_token_lives_ten_minutes_at_least_and_not_for_ever() {
    let (_running, admin) = with_account(&MovingClock::new()).await;
    let short = "may not specify a duration less than 10 minutes";
    let long = "may not specify a duration larger than 2^32 seconds";
    for (seconds, why) in
        [(300, short), (599, short), (0, short), (-1, short), (4_294_967_297_i64, long)]
    {
        let (code, status) = ask(&admin, json!({ "expirationSeconds": seconds })).await;
        assert_eq!((code, &status["reason"]), (422, &json!("Invalid")));
        let told = format!(
            "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: \
             Invalid value: {seconds}: {why}"
        );
        assert_eq!(status["message"], told);
    }
    for seconds in [600, 4_294_967_296_i64] {
        assert_eq!(ask(&admin, json!({ "expirationSeconds": seconds })).await.0, 201);
    }
    assert_eq!(ask(&admin, json!({ "expirationSeconds": "1h" })).await.0, 400);
}

#[tokio::test]
async fn a_token_for_others_is_none_for_this_server() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let default = ask(&admin, json!({})).await.1["spec"]["audiences"].clone();
    let foreign = token(&admin, json!({ "audiences": ["vault"] })).await;
    assert_eq!(try_with(&running, &foreign).await, 401);
    let both = json!({ "audiences": ["vault", default[0]] });
    assert_eq!(try_with(&running, &token(&admin, both).await).await, 200);
}

#[tokio::test]
async fn a_token_is_given_for_an_account_that_is_there_to_those_who_may() {
    let (running, admin) = with_account(&MovingClock::new()).await;
    let post = async |path: &str, body: Value| {
        let (code, status) = send(&admin, Request::post(path), body).await;
        (code, status["message"].as_str().unwrap_or_default().to_owned())
    };
    let token = format!("{ACCOUNT}/token");
    let own = json!({
        "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
        "metadata": { "name": "grant-1", "namespace": "ledger" }, "spec": {},
    });
    assert_eq!(post(&token, own).await.0, 201);
    for (path, body, refused) in [
        (
            &format!("{ACCOUNTS}/grant-2/token"),
            json!({}),
            (404, "serviceaccounts \"grant-2\" not found"),
        ),
        (
            &"/api/v1/namespaces/nowhere/serviceaccounts/grant-1/token".to_owned(),
            json!({}),
            (404, "namespaces \"nowhere\" not found"),
        ),
        (
            &token,
            json!({ "metadata": { "name": "grant-2" } }),
            (
                422,
                "TokenRequest.authentication.k8s.io \"grant-1\" is invalid: metadata.name: \
                 Invalid value: \"grant-2\": must match the service account name if specified",
            ),
        ),
        (
            &token,
            json!({ "metadata": { "namespace": "kube-system" } }),
            (
                400,
                "the namespace of the provided object does not match the namespace sent on the request",
            ),
        ),
        (
            &token,
            json!({ "kind": "TokenReview", "apiVersion": "authentication.k8s.io/v1" }),
            (
                400,
                "TokenReview in version \"authentication.k8s.io/v1\" cannot be handled as a TokenRequest",
            ),
        ),
        (
            &token,
            json!({ "spec": { "boundObjectRef": { "apiVersion": "v1", "kind": "Pod", "name": "api-0" } } }),
            (400, "cannot bind token to object of type /v1, Kind=Pod"),
        ),
    ] {
        let (code, message) = post(path, body).await;
        assert_eq!((code, message.as_str()), refused);
    }
    let nobody = running.as_user("engineer@kawase.example").await;
    let (code, status) = send(&nobody, Request::post(&token), json!({})).await;
    assert_eq!(
        (code, status["message"].as_str().unwrap()),
        (
            403,
            "serviceaccounts \"grant-1\" is forbidden: User \"engineer@kawase.example\" cannot create \
             resource \"serviceaccounts/token\" in API group \"\" in the namespace \"ledger\""
        )
    );
}

#[tokio::test]
async fn discovery_tells_where_tokens_are_given() {
    let running = Running::start().await;
    let (_, core) = get(&running.admin().await, "/api/v1").await;
    let resources = core["resources"].as_array().unwrap();
    let found = resources.iter().find(|it| it["name"] == "serviceaccounts/token").unwrap();
    assert_eq!(
        *found,
        json!({
            "name": "serviceaccounts/token", "singularName": "", "namespaced": true,
            "group": "authentication.k8s.io", "version": "v1", "kind": "TokenRequest",
            "verbs": ["create"],
        })
    );
}
