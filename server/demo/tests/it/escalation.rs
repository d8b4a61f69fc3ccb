//! Nobody gives by RBAC what they do not hold.

use kube::Client;
use serde_json::{Value, json};

use crate::{
    rbac::{RBAC, bind, bind_in, create, path, role, rule},
    running::{Running, get, json_patch, merge, send},
};

const LEAD: &str = "lead@kawase.example";

/// A lead who may write all RBAC objects in `ledger` and see its pods.
async fn led() -> (Running, Client) {
    let running = Running::start().await;
    running.apply(role(
        "write-rbac",
        &json!([rule(
            RBAC,
            &["roles", "rolebindings"],
            &["get", "list", "create", "update", "patch", "delete"]
        ),]),
    ));
    running.apply(role("view", &json!([rule("", &["pods", "pods/log"], &["get", "list"])])));
    running.apply(role("edit", &json!([rule("", &["pods"], &["get", "delete"])])));
    for held in ["write-rbac", "view"] {
        running.apply(bind_in("ledger", held, "User", LEAD));
    }
    let lead = running.as_user(LEAD).await;
    (running, lead)
}

fn binding(name: &str, role: &str) -> Value {
    let mut binding = bind_in("ledger", role, "User", "engineer@kawase.example");
    binding["metadata"]["name"] = json!(name);
    binding
}

fn local_role(name: &str, rules: &Value) -> Value {
    let mut local = role(name, rules);
    local["kind"] = json!("Role");
    local["metadata"]["namespace"] = json!("ledger");
    local
}

/// Who may also do this with roles of a name.
fn allow(running: &Running, verb: &str, plural: &str, name: &str) {
    let mut rule = rule(RBAC, &[plural], &[verb]);
    if !name.is_empty() {
        rule["resourceNames"] = json!([name]);
    }
    let called = format!("{verb}-{plural}");
    running.apply(role(&called, &json!([rule])));
    running.apply(bind_in("ledger", &called, "User", LEAD));
}

fn told(status: &Value) -> (u64, &str) {
    (status["code"].as_u64().unwrap_or_default(), status["message"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn what_one_holds_one_may_give() {
    let (_running, lead) = led().await;
    assert_eq!(create(&lead, binding("view-1", "view")).await.0, 201);
    let less = json!([rule("", &["pods"], &["list"])]);
    assert_eq!(create(&lead, local_role("less", &less)).await.0, 201);
    let mut own = binding("less", "less");
    own["roleRef"]["kind"] = json!("Role");
    assert_eq!(create(&lead, own).await.0, 201, "a role of the namespace");
}

#[tokio::test]
async fn what_one_does_not_hold_is_told_and_not_given() {
    let (_running, lead) = led().await;
    let (_, status) = create(&lead, binding("edit-1", "edit")).await;
    assert_eq!(
        told(&status),
        (
            403,
            "rolebindings.rbac.authorization.k8s.io \"edit-1\" is forbidden: user \"lead@kawase.example\" \
             (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n\
             {APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}"
        )
    );
    assert_eq!(
        status["details"],
        json!({ "name": "edit-1", "group": RBAC, "kind": "rolebindings" })
    );
    let rehearsed = format!("{}?dryRun=All", path("ledger", "rolebindings"));
    let (code, _) = send(&lead, http::Request::post(rehearsed), binding("edit-1", "edit")).await;
    assert_eq!(code, 403, "not even rehearsed");
    let more = json!([rule("", &["pods"], &["*"])]);
    assert_eq!(create(&lead, local_role("more", &more)).await.0, 403);
    assert_eq!(get(&lead, &path("ledger", "roles/more")).await.0, 404);
}

#[tokio::test]
async fn a_write_to_what_is_there_is_asked_the_same() {
    let (running, lead) = led().await;
    running.apply(binding("edit-1", "edit"));
    let edit = path("ledger", "rolebindings/edit-1");
    let subject = json!({ "kind": "User", "apiGroup": RBAC, "name": LEAD });
    let added = json!([{ "op": "add", "path": "/subjects/-", "value": subject }]);
    assert_eq!(json_patch(&lead, &edit, added).await.0, 403, "to oneself");
    assert_eq!(merge(&lead, &edit, json!({ "subjects": [] })).await.0, 403, "even to nobody");
    let (_, read) = get(&lead, &edit).await;
    let mut replaced = read.clone();
    replaced["subjects"][0]["name"] = json!(LEAD);
    assert_eq!(send(&lead, http::Request::put(&edit), replaced).await.0, 403);
    assert_eq!(send(&lead, http::Request::put(&edit), read.clone()).await.0, 200, "no change");
    let tied = json!({ "metadata": { "finalizers": ["sekisho.dev/held"] } });
    assert_eq!(merge(&lead, &edit, tied).await.0, 200, "what it waits for gives nothing");

    running.apply(local_role("some", &json!([rule("", &["pods"], &["get"])])));
    let widened = json!({ "rules": [rule("", &["pods"], &["get", "delete"])] });
    let some = path("ledger", "roles/some");
    let (_, status) = merge(&lead, &some, widened).await;
    assert!(told(&status).1.contains("not currently held"), "{status}");
    let narrowed = json!({ "rules": [rule("", &["pods"], &["list"])] });
    assert_eq!(merge(&lead, &some, narrowed).await.0, 200);
}

#[tokio::test]
async fn whoever_may_bind_or_escalate_gives_more() {
    let (running, lead) = led().await;
    allow(&running, "bind", "clusterroles", "edit");
    assert_eq!(create(&lead, binding("edit-1", "edit")).await.0, 201);
    let everywhere = bind("edit", "User", "u");
    running.apply(role(
        "bind-everywhere",
        &json!([rule(RBAC, &["clusterrolebindings"], &["create"])]),
    ));
    running.apply(bind("bind-everywhere", "User", LEAD));
    assert_eq!(create(&lead, everywhere).await.0, 403, "here is not everywhere");

    let more = json!([rule("", &["pods"], &["*"])]);
    assert_eq!(create(&lead, local_role("more", &more)).await.0, 403, "to bind is not to escalate");
    allow(&running, "escalate", "roles", "");
    assert_eq!(create(&lead, local_role("more", &more)).await.0, 201);
    let mut own = binding("more", "more");
    own["roleRef"]["kind"] = json!("Role");
    assert_eq!(create(&lead, own.clone()).await.0, 403, "to escalate is not to bind");
    allow(&running, "bind", "roles", "more");
    assert_eq!(create(&lead, own).await.0, 201);
}

#[tokio::test]
async fn a_role_that_is_not_there_is_bound_only_by_those_who_may_bind_it() {
    let (running, lead) = led().await;
    let (_, status) = create(&lead, binding("later", "later")).await;
    assert_eq!(told(&status), (404, "clusterroles.rbac.authorization.k8s.io \"later\" not found"));
    allow(&running, "bind", "clusterroles", "later");
    assert_eq!(create(&lead, binding("later", "later")).await.0, 201);
    let admin = running.admin().await;
    assert_eq!(create(&admin, binding("missing", "missing")).await.0, 201, "masters just do");
    let mut nowhere = binding("view-1", "view");
    nowhere["metadata"]["namespace"] = json!("nowhere");
    assert_eq!(create(&admin, nowhere).await.0, 404);
}

#[tokio::test]
async fn an_aggregated_role_may_become_anything_so_only_everything_covers_it() {
    let (running, lead) = led().await;
    running.apply(role("write-roles", &json!([rule(RBAC, &["clusterroles"], &["create"])])));
    running.apply(bind("write-roles", "User", LEAD));
    let mut open = role("open", &json!([]));
    open["aggregationRule"] = json!({ "clusterRoleSelectors": [{ "matchLabels": { "a": "b" } }] });
    let (_, status) = create(&lead, open.clone()).await;
    assert_eq!(
        told(&status),
        (
            403,
            "clusterroles.rbac.authorization.k8s.io \"open\" is forbidden: \
             must have cluster-admin privileges to use an aggregationRule"
        )
    );
    running.apply(bind("cluster-admin", "User", LEAD));
    assert_eq!(create(&lead, open).await.0, 201);
}

#[tokio::test]
async fn a_binding_keeps_its_role_and_says_it_in_full() {
    let (running, _) = led().await;
    let admin = running.admin().await;
    let mut brief = binding("view-1", "view");
    brief["roleRef"].as_object_mut().unwrap().remove("apiGroup");
    brief["subjects"][0].as_object_mut().unwrap().remove("apiGroup");
    let (code, made) = create(&admin, brief).await;
    assert_eq!(code, 201);
    assert_eq!(
        (&made["roleRef"]["apiGroup"], &made["subjects"][0]["apiGroup"]),
        (&json!(RBAC), &json!(RBAC))
    );
    let view = path("ledger", "rolebindings/view-1");
    let (_, status) = merge(&admin, &view, json!({ "roleRef": { "name": "edit" } })).await;
    let (code, message) = told(&status);
    assert_eq!((code, &status["details"]["causes"][0]["field"]), (422, &json!("roleRef")));
    assert!(
        message.starts_with(
            "RoleBinding.rbac.authorization.k8s.io \"view-1\" is invalid: roleRef: Invalid value: "
        ) && message.ends_with(": cannot change roleRef"),
        "{message}"
    );
    let (code, _) = merge(&admin, &view, json!({ "subjects": null })).await;
    assert_eq!(code, 200, "it may be for nobody");
    let mut wrong = binding("wrong", "view");
    wrong["roleRef"]["kind"] = json!("Policy");
    let (_, status) = create(&admin, wrong).await;
    assert_eq!(
        told(&status),
        (
            422,
            "RoleBinding.rbac.authorization.k8s.io \"wrong\" is invalid: roleRef.kind: \
             Unsupported value: \"Policy\": supported values: \"Role\", \"ClusterRole\""
        )
    );
    let mut misread = binding("misread", "view");
    misread["subjects"] = json!("everybody");
    assert_eq!(create(&admin, misread).await.0, 400);
}
