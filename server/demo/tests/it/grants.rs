//! A grant: an account of its own and one binding that names it, kept by an account that may do no more than that.

use futures::{StreamExt, TryStreamExt};
use http::Request;
use k8s_openapi::api::rbac::v1::RoleBinding;
use kube::{
    Api, Client, ResourceExt,
    api::{DeleteParams, ListParams, Preconditions, WatchEvent, WatchParams},
};
use serde_json::{Value, json};

use crate::{
    rbac::{RBAC, bind, bind_in, create, role, rule},
    running::{Running, get, list, send},
};

const KEEPER: &str = "system:serviceaccount:sekisho:sekisho";
const VIEW: &str = "sekisho:grant:view";
const ACCOUNTS: &str = "/api/v1/namespaces/sekisho-grants/serviceaccounts";

/// A cluster whose keeper may write any binding and role, but bind the one role in `ledger` only.
async fn kept() -> (Running, Client) {
    let running = Running::start().await;
    for name in ["payouts", "sekisho-grants"] {
        let metadata = json!({ "name": name });
        running.apply(json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": metadata }));
    }
    running.apply(role(VIEW, &json!([rule("", &["pods"], &["get", "list"])])));
    running.apply(role("other", &json!([rule("", &["pods"], &["list"])])));
    let written = ["rolebindings", "roles", "clusterrolebindings", "clusterroles"];
    running.apply(role("keeper:write", &json!([rule(RBAC, &written, &["create", "delete"])])));
    running.apply(bind("keeper:write", "User", KEEPER));
    let mut may_bind = rule(RBAC, &["clusterroles"], &["bind"]);
    may_bind["resourceNames"] = json!([VIEW]);
    running.apply(role("keeper:bind", &json!([may_bind])));
    running.apply(bind_in("ledger", "keeper:bind", "User", KEEPER));
    let accounts = rule("", &["serviceaccounts", "serviceaccounts/token"], &["create", "delete"]);
    running.apply(role("keeper:accounts", &json!([accounts])));
    running.apply(bind_in("sekisho-grants", "keeper:accounts", "User", KEEPER));
    let keeper = running.as_user(KEEPER).await;
    (running, keeper)
}

/// A binding of the role to the account of a grant.
fn binding(namespace: &str, grant: &str) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": {
            "name": grant, "namespace": namespace, "labels": { "sekisho.dev/grant": grant },
        },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": VIEW },
        "subjects": [{ "kind": "ServiceAccount", "namespace": "sekisho-grants", "name": grant }],
    })
}

/// An account and the token of it, as the keeper makes them.
async fn account(keeper: &Client, grant: &str) -> String {
    let metadata = json!({ "name": grant, "labels": { "sekisho.dev/grant": grant } });
    let made = send(keeper, Request::post(ACCOUNTS), json!({ "metadata": metadata })).await;
    assert_eq!(made.0, 201, "{}", made.1);
    let path = format!("{ACCOUNTS}/{grant}/token");
    let spec = json!({ "expirationSeconds": 600 });
    let (code, issued) = send(keeper, Request::post(path), json!({ "spec": spec })).await;
    assert_eq!(code, 201);
    issued["status"]["token"].as_str().unwrap().to_owned()
}

async fn pods(client: &Client, namespace: &str) -> u16 {
    get(client, &format!("/api/v1/namespaces/{namespace}/pods")).await.0
}

#[tokio::test]
async fn who_may_bind_one_role_in_one_namespace_binds_it_there_and_nothing_else() {
    let (_running, keeper) = kept().await;
    let (code, made) = create(&keeper, binding("ledger", "g-1")).await;
    assert_eq!(code, 201, "{made}");

    let mut other = binding("ledger", "g-2");
    other["roleRef"]["name"] = json!("other");
    let (code, status) = create(&keeper, other).await;
    assert_eq!(
        (code, status["message"].as_str().unwrap()),
        (
            403,
            "rolebindings.rbac.authorization.k8s.io \"g-2\" is forbidden: \
             user \"system:serviceaccount:sekisho:sekisho\" (groups=[\"system:serviceaccounts\" \
             \"system:serviceaccounts:sekisho\" \"system:authenticated\"]) is attempting to grant RBAC \
             permissions not currently held:\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\"]}"
        )
    );
    assert_eq!(create(&keeper, binding("payouts", "g-3")).await.0, 403, "another namespace");
    assert_eq!(create(&keeper, binding("nowhere", "g-4")).await.0, 404, "no namespace");
    let everywhere = bind(VIEW, "User", "u");
    assert_eq!(create(&keeper, everywhere).await.0, 403, "the whole cluster");

    let rules = json!([rule("", &["pods"], &["get"])]);
    let mut own = role("own", &rules);
    assert_eq!(create(&keeper, own.clone()).await.0, 403, "a role of its own making");
    own["kind"] = json!("Role");
    own["metadata"]["namespace"] = json!("ledger");
    let (code, status) = create(&keeper, own).await;
    assert_eq!((code, &status["reason"]), (403, &json!("Forbidden")));
    let message = status["message"].as_str().unwrap();
    assert!(message.starts_with("roles.rbac.authorization.k8s.io \"own\" is forbidden: user "));
}

#[tokio::test]
async fn a_grant_holds_where_it_is_bound_until_either_half_is_gone() {
    let (running, keeper) = kept().await;
    let holder = running.client(&account(&keeper, "g-1").await).await;
    assert_eq!(pods(&holder, "ledger").await, 403, "an account alone may do nothing");
    assert_eq!(create(&keeper, binding("ledger", "g-1")).await.0, 201);
    assert_eq!(pods(&holder, "ledger").await, 200);
    assert_eq!((pods(&holder, "payouts").await, pods(&holder, "sekisho-grants").await), (403, 403));

    let path = crate::rbac::path("ledger", "rolebindings/g-1");
    assert_eq!(send(&keeper, Request::delete(path), Value::Null).await.0, 200);
    assert_eq!(pods(&holder, "ledger").await, 403);
    let account = format!("{ACCOUNTS}/g-1");
    assert_eq!(send(&keeper, Request::delete(account), Value::Null).await.0, 200);
    assert_eq!(pods(&holder, "ledger").await, 401);
}

#[tokio::test]
async fn grants_are_found_by_label_in_one_namespace_and_everywhere() {
    let (running, keeper) = kept().await;
    let admin = running.admin().await;
    for grant in ["g-1", "g-2"] {
        account(&keeper, grant).await;
        assert_eq!(create(&keeper, binding("ledger", grant)).await.0, 201);
    }
    running.apply(binding("payouts", "g-3"));
    let names = async |path: &str| {
        let name = |item: &Value| item["metadata"]["name"].as_str().unwrap().to_owned();
        list(&admin, path).await.iter().map(name).collect::<Vec<_>>()
    };
    let of_grants = "labelSelector=sekisho.dev%2Fgrant";
    let everywhere = crate::rbac::path("", &format!("rolebindings?{of_grants}"));
    assert_eq!(names(&everywhere).await, ["g-1", "g-2", "g-3"]);
    let in_ledger = crate::rbac::path("ledger", &format!("rolebindings?{of_grants}"));
    assert_eq!(names(&in_ledger).await, ["g-1", "g-2"]);
    assert_eq!(names(&format!("{ACCOUNTS}?{of_grants}")).await, ["g-1", "g-2"]);
    assert_eq!(names(&format!("{ACCOUNTS}?{of_grants}%3Dg-2")).await, ["g-2"]);
    assert_eq!(names(&format!("/api/v1/serviceaccounts?{of_grants}")).await, ["g-1", "g-2"]);
}

#[tokio::test]
async fn the_bindings_of_grants_are_watched_everywhere() {
    let (running, keeper) = kept().await;
    let api: Api<RoleBinding> = Api::all(running.admin().await);
    let revision = api.list(&ListParams::default()).await.unwrap().metadata.resource_version;
    let of_grants = WatchParams::default().labels("sekisho.dev/grant");
    let events = api.watch(&of_grants, &revision.unwrap()).await.unwrap();
    running.apply(bind_in("payouts", VIEW, "User", "not-of-a-grant"));
    assert_eq!(create(&keeper, binding("ledger", "g-1")).await.0, 201);
    let path = crate::rbac::path("ledger", "rolebindings/g-1");
    assert_eq!(send(&keeper, Request::delete(path), Value::Null).await.0, 200);
    let told: Vec<_> = events.take(2).try_collect().await.unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|event| match event {
            WatchEvent::Added(binding) => format!("added {}", binding.name_any()),
            WatchEvent::Deleted(binding) => format!("deleted {}", binding.name_any()),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(told, ["added g-1", "deleted g-1"]);
}

#[tokio::test]
async fn of_a_binding_only_the_very_one_is_deleted() {
    let (running, keeper) = kept().await;
    let api: Api<RoleBinding> = Api::namespaced(keeper.clone(), "ledger");
    assert_eq!(create(&keeper, binding("ledger", "g-1")).await.0, 201);
    let read: Api<RoleBinding> = Api::namespaced(running.admin().await, "ledger");
    let first = read.get("g-1").await.unwrap();
    api.delete("g-1", &DeleteParams::default()).await.unwrap();
    assert_eq!(create(&keeper, binding("ledger", "g-1")).await.0, 201);
    let second = read.get("g-1").await.unwrap();

    let only = async |uid: Option<String>, resource_version: Option<String>| {
        let preconditions = Preconditions { uid, resource_version };
        let outcome =
            api.delete("g-1", &DeleteParams::default().preconditions(preconditions)).await;
        match outcome {
            Ok(_) => (200, String::new()),
            Err(kube::Error::Api(status)) => (status.code, status.message),
            Err(other) => panic!("{other}"),
        }
    };
    let (code, message) = only(first.uid(), None).await;
    assert_eq!(code, 409);
    assert_eq!(
        message,
        format!(
            "Operation cannot be fulfilled on RoleBinding.rbac.authorization.k8s.io \"g-1\": the UID in the \
             precondition ({}) does not match the UID in record ({}). The object might have been deleted \
             and then recreated",
            first.uid().unwrap(),
            second.uid().unwrap()
        )
    );
    let (code, message) = only(second.uid(), first.resource_version()).await;
    assert!(
        code == 409 && message.contains("the ResourceVersion in the precondition"),
        "{message}"
    );
    assert_eq!(only(second.uid(), second.resource_version()).await.0, 200);
    assert!(read.get_opt("g-1").await.unwrap().is_none());
}
