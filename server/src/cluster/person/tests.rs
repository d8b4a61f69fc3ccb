//! What goes out when the console speaks as a person.

use serde_json::json;

use super::*;
use crate::cluster::testkit::{cluster, preview_permit, target};

const EVERY: [&str; 5] = [
    "impersonate-user",
    "impersonate-group",
    "impersonate-extra-sekisho.dev%2factor",
    "impersonate-extra-sekisho.dev%2frequest",
    "impersonate-extra-sekisho.dev%2fapprovers",
];

#[tokio::test]
async fn looking_adds_the_user_and_no_group() {
    let (client, calls) = cluster(|_| async { (200, json!({})) });
    let person = Person::looking(&client, &"engineer@kawase.example".parse().unwrap()).unwrap();
    person.get::<serde_json::Value>("/api/v1/namespaces/checkout").await.unwrap();
    let call = &calls.all()[0];
    assert_eq!(call.header("impersonate-user"), ["engineer@kawase.example"]);
    assert!(EVERY[1..].iter().all(|name| call.header(name).is_empty()));
}

#[tokio::test]
async fn acting_adds_exactly_the_group_of_the_action() {
    let (client, calls) = cluster(|_| async { (200, json!({})) });
    let person = Person::acting(&client, &preview_permit(&target())).unwrap();
    person.send(Request::post("/x").body(Vec::new()).unwrap()).await.unwrap();
    let call = &calls.all()[0];
    assert_eq!(call.header("impersonate-user"), ["on-call@kawase.example"]);
    assert_eq!(call.header("impersonate-group"), ["sekisho:act:restart-pod"]);
    assert_eq!(call.header("impersonate-extra-sekisho.dev%2factor"), ["on-call"]);
    assert!(call.header("impersonate-extra-sekisho.dev%2frequest").is_empty());
}

#[tokio::test]
async fn no_header_outlives_its_call() {
    let (client, calls) = cluster(|_| async { (200, json!({})) });
    let acting = Person::acting(&client, &preview_permit(&target())).unwrap();
    let looking = Person::looking(&client, &"engineer@kawase.example".parse().unwrap()).unwrap();
    let post = || Request::post("/x").body(Vec::new()).unwrap();
    let by_console = client.request_text(post());
    let (acted, looked, asked) =
        tokio::join!(acting.send(post()), looking.get::<serde_json::Value>("/y"), by_console);
    assert!(acted.is_ok() && looked.is_ok() && asked.is_ok());
    client.request_text(post()).await.unwrap();
    let users: Vec<_> =
        calls.all().iter().map(|call| call.header("impersonate-user").join("+")).collect();
    let mut concurrent = users[..3].to_vec();
    concurrent.sort();
    assert_eq!(concurrent, ["", "engineer@kawase.example", "on-call@kawase.example"]);
    let last = calls.all().pop().unwrap();
    assert!(EVERY.iter().all(|name| last.header(name).is_empty()));
}

#[test]
fn nobody_and_the_system_are_refused() {
    for user in ["", "system:masters", "system:serviceaccount:kube-system:x", "system:admin"] {
        assert!(matches!(impersonable(user), Err(ClusterError::Refused { .. })), "{user}");
    }
    assert!(impersonable("line\nbreak").is_err());
}
