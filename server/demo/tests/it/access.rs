//! RBAC, access reviews and impersonation.

use http::Request;
use kube::Client;
use serde_json::{Value, json};

use crate::{
    rbac::{bind, bind_in, role, rule},
    running::{Running, send},
};

async fn review(client: &Client, user: &str, groups: &[&str], attributes: Value) -> Value {
    let review =
        json!({ "spec": { "user": user, "groups": groups, "resourceAttributes": attributes } });
    let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    let (code, answer) = send(client, Request::post(path), review).await;
    assert_eq!(code, 201, "{answer}");
    answer["status"].clone()
}

#[tokio::test]
async fn rules_hold_where_they_are_bound() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(role(
        "view",
        &json!([{ "apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"] }]),
    ));
    running.apply(bind_in("ledger", "view", "User", "engineer@kawase.example"));
    let ask = async |verb: &str, namespace: &str| {
        let attributes = json!({ "verb": verb, "resource": "pods", "namespace": namespace });
        review(&client, "engineer@kawase.example", &[], attributes).await["allowed"] == true
    };
    assert!(ask("list", "ledger").await);
    assert!(!ask("delete", "ledger").await);
    assert!(!ask("list", "kube-system").await);
    assert!(!ask("list", "").await, "a role binding says nothing about the whole cluster");
}

#[tokio::test]
async fn names_subresources_wildcards_and_groups_are_told_apart() {
    let running = Running::start().await;
    let client = running.admin().await;
    running.apply(role("one", &json!([
        { "apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"], "resourceNames": ["api-0"] },
        { "apiGroups": ["apps"], "resources": ["*"], "verbs": ["*"] },
    ])));
    running.apply(bind("one", "Group", "sekisho:act:restart-pod"));
    let allowed = async |attributes: Value| {
        review(&client, "on-call@kawase.example", &["sekisho:act:restart-pod"], attributes).await["allowed"]
            == true
    };
    let evict = |name: &str| json!({ "verb": "create", "resource": "pods", "subresource": "eviction", "name": name });
    assert!(allowed(evict("api-0")).await);
    assert!(!allowed(evict("api-1")).await);
    assert!(!allowed(json!({ "verb": "create", "resource": "pods", "name": "api-0" })).await);
    assert!(allowed(json!({ "verb": "delete", "group": "apps", "resource": "deployments" })).await);
    assert!(!allowed(json!({ "verb": "delete", "resource": "deployments" })).await);
    let attributes = json!({ "verb": "delete", "group": "apps", "resource": "deployments" });
    let verdict =
        review(&client, "on-call@kawase.example", &["sekisho:act:restart-pod"], attributes).await;
    let reason = "RBAC: allowed by ClusterRoleBinding \"one\" of ClusterRole \"one\" to Group \"sekisho:act:restart-pod\"";
    assert_eq!(verdict["reason"], reason);
}

#[tokio::test]
async fn reviews_are_open_only_to_those_allowed_and_must_be_complete() {
    let running = Running::start().await;
    let nobody = running.as_user("engineer@kawase.example").await;
    let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    assert_eq!(send(&nobody, Request::post(path), json!({})).await.0, 403);
    let admin = running.admin().await;
    let without_subject =
        json!({ "spec": { "resourceAttributes": { "verb": "get", "resource": "pods" } } });
    assert_eq!(send(&admin, Request::post(path), without_subject).await.0, 422);
    assert_eq!(send(&admin, Request::post(path), json!({ "spec": { "user": "u" } })).await.0, 422);
    let own = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    let question =
        json!({ "spec": { "resourceAttributes": { "verb": "get", "resource": "pods" } } });
    let (code, answer) = send(&nobody, Request::post(own), question).await;
    assert_eq!((code, &answer["status"]["allowed"]), (201, &json!(false)));
    let rules = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    let (_, answer) =
        send(&nobody, Request::post(rules), json!({ "spec": { "namespace": "ledger" } })).await;
    assert_eq!(answer["status"]["incomplete"], false);
    assert_eq!(answer["status"]["resourceRules"].as_array().unwrap().len(), 1);
}

/// A console that may impersonate one person, one group and two extras.
async fn console() -> (Running, Client) {
    let running = Running::start().await;
    running.apply(role("console", &json!([
        { "apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"], "resourceNames": ["on-call@kawase.example"] },
        { "apiGroups": [""], "resources": ["groups"], "verbs": ["impersonate"],
          "resourceNames": ["sekisho:act:restart-pod", "system:authenticated"] },
        { "apiGroups": ["authentication.k8s.io"], "resources": ["userextras/sekisho.dev/request"], "verbs": ["impersonate"] },
    ])));
    running.apply(bind("console", "User", "system:serviceaccount:sekisho:console"));
    running.apply(role(
        "act",
        &json!([{ "apiGroups": [""], "resources": ["pods"], "verbs": ["list"] }]),
    ));
    running.apply(bind_in("ledger", "act", "Group", "sekisho:act:restart-pod"));
    let client = running.client(running.cluster.console_token()).await;
    (running, client)
}

fn list_as(user: &str) -> http::request::Builder {
    Request::get("/api/v1/namespaces/ledger/pods").header("impersonate-user", user)
}

#[tokio::test]
async fn power_comes_from_the_impersonated_group() {
    let (running, console) = console().await;
    let person = "on-call@kawase.example";
    assert_eq!(
        send(&console, list_as(person), Value::Null).await.0,
        403,
        "the person alone has no power"
    );
    let with_group = list_as(person)
        .header("impersonate-group", "sekisho:act:restart-pod")
        .header("impersonate-extra-sekisho.dev%2frequest", "0199-r1");
    assert_eq!(send(&console, with_group, Value::Null).await.0, 200);
    let (code, _) = send(
        &running.as_user(person).await,
        Request::get("/api/v1/namespaces/ledger/pods"),
        Value::Null,
    )
    .await;
    assert_eq!(code, 403, "and neither with kubectl");

    let events = running.cluster.audit().events();
    let acted =
        events.iter().rev().find(|event| event["impersonatedUser"]["extra"].is_object()).unwrap();
    assert_eq!(acted["user"]["username"], "system:serviceaccount:sekisho:console");
    assert_eq!(acted["impersonatedUser"]["username"], person);
    assert_eq!(
        acted["impersonatedUser"]["groups"],
        json!(["sekisho:act:restart-pod", "system:authenticated"])
    );
    assert_eq!(acted["impersonatedUser"]["extra"], json!({ "sekisho.dev/request": ["0199-r1"] }));
    assert_eq!(
        acted["objectRef"],
        json!({ "resource": "pods", "namespace": "ledger", "apiVersion": "v1" })
    );
    assert_eq!((&acted["verb"], &acted["responseStatus"]["code"]), (&json!("list"), &json!(200)));
}

#[tokio::test]
async fn what_is_not_listed_by_name_cannot_be_impersonated() {
    let (running, console) = console().await;
    let person = "on-call@kawase.example";
    let refused = [
        (list_as("stranger@kawase.example"), "users \"stranger@kawase.example\"", "users"),
        (
            list_as("system:serviceaccount:kube-system:x"),
            "serviceaccounts \"x\"",
            "serviceaccounts",
        ),
        (
            list_as(person).header("impersonate-group", "system:masters"),
            "groups \"system:masters\"",
            "groups",
        ),
        (
            list_as(person).header("impersonate-uid", "7"),
            "uids.authentication.k8s.io \"7\"",
            "uids",
        ),
        (
            list_as(person).header("impersonate-extra-scopes", "all"),
            "userextras.authentication.k8s.io \"all\"",
            "userextras/scopes",
        ),
    ];
    for (request, what, resource) in refused {
        let (code, status) = send(&console, request, Value::Null).await;
        let message = status["message"].as_str().unwrap();
        let who = "User \"system:serviceaccount:sekisho:console\" cannot impersonate resource";
        assert_eq!(code, 403);
        assert!(
            message.starts_with(&format!("{what} is forbidden: {who} \"{resource}\" in API group")),
            "{message}"
        );
    }
    let alone = Request::get("/api/v1/pods").header("impersonate-group", "sekisho:act:restart-pod");
    assert_eq!(send(&console, alone, Value::Null).await.0, 500, "groups without a user");
    assert!(
        running.cluster.audit().events().iter().all(|event| event["impersonatedUser"].is_null())
    );
}

#[tokio::test]
async fn a_review_names_the_binding_that_allows_and_the_role_that_is_missing() {
    let running = Running::start().await;
    let client = running.admin().await;
    let rules = json!([{ "apiGroups": [""], "resources": ["pods"], "verbs": ["get"] }]);
    running.apply(role("view", &rules));
    running.apply(bind_in("ledger", "view", "User", "u"));
    running.apply(bind("missing", "User", "v"));
    let get = json!({ "verb": "get", "resource": "pods", "namespace": "ledger" });
    assert_eq!(
        review(&client, "u", &[], get.clone()).await["reason"],
        "RBAC: allowed by RoleBinding \"view/ledger\" of ClusterRole \"view\" to User \"u\""
    );
    assert_eq!(
        review(&client, "v", &[], get).await["reason"],
        "RBAC: clusterrole.rbac.authorization.k8s.io \"missing\" not found"
    );
}

#[tokio::test]
async fn the_rules_of_an_impersonated_user_are_all_of_theirs_and_none_of_the_requesters() {
    let (running, console) = console().await;
    running.apply(role("own", &json!([rule("", &["services"], &["get"])])));
    running.apply(bind_in("ledger", "own", "User", "on-call@kawase.example"));
    let rules = async |namespace: &str| {
        let path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
        let request = Request::post(path)
            .header("impersonate-user", "on-call@kawase.example")
            .header("impersonate-group", "sekisho:act:restart-pod");
        let review = json!({ "spec": { "namespace": namespace } });
        let (code, answer) = send(&console, request, review).await;
        assert_eq!((code, &answer["status"]["incomplete"]), (201, &json!(false)), "{answer}");
        let each = answer["status"]["resourceRules"].as_array().unwrap().iter();
        let mut rules: Vec<_> = each.map(|rule| rule["resources"].to_string()).collect();
        rules.sort();
        rules
    };
    let reviews = r#"["selfsubjectaccessreviews","selfsubjectrulesreviews"]"#;
    assert_eq!(rules("ledger").await, [r#"["pods"]"#, reviews, r#"["services"]"#]);
    assert_eq!(rules("kube-system").await, [reviews], "bound in one namespace only");
    let path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    let (code, status) = send(&console, Request::post(path), json!({})).await;
    assert_eq!((code, &status["message"]), (400, &json!("no namespace on request")));
}
