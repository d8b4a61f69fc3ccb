//! Calls against a cluster on the wire, and against connections that break.

use domain::actions::{Part, Target, TargetKind};
use http::Method;
use kube::Client;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::cluster::{
    connection::connect,
    places::Places,
    settings::{BearerToken, ClusterSource, ExecPlugins},
    testkit::{self, cluster, preview_permit, target},
};

const PATIENCE: Duration = Duration::from_secs(20);
const MEANT: Mode<'static> = Mode::Of { resource_version: "7" };

async fn send(client: &Client, target: &Target, change: &Change, mode: Mode<'_>) -> Answer {
    sent_within(client, target, change, mode, PATIENCE).await
}

async fn sent_within(
    client: &Client,
    target: &Target,
    change: &Change,
    mode: Mode<'_>,
    patience: Duration,
) -> Answer {
    let person = Person::acting(client, &preview_permit(target)).unwrap();
    let kind = match change {
        Change::Create { kind, .. } => *kind,
        _ => target.kind,
    };
    let place = Places::default().of(client, kind).await.unwrap();
    Call { target: target.into(), change, place }.send(&person, mode, patience).await
}

async fn answered(
    code: u16,
    body: Value,
    target: &Target,
    change: &Change,
    mode: Mode<'_>,
) -> (Answer, testkit::Call) {
    let (client, calls) = cluster(move |_| {
        let body = body.clone();
        async move { (code, body) }
    });
    let answer = send(&client, target, change, mode).await;
    (answer, calls.all().remove(0))
}

fn success() -> Value {
    json!({"kind": "Status", "status": "Success"})
}

async fn eviction(code: u16, body: Value) -> Answer {
    answered(code, body, &target(), &Change::Evict, MEANT).await.0
}

fn of_kind(kind: TargetKind) -> Target {
    Target { kind, name: "api".parse().unwrap(), ..target() }
}

fn failure(code: u16, message: &str) -> Value {
    json!({"kind": "Status", "status": "Failure", "code": code, "message": message})
}

#[tokio::test]
async fn an_eviction_names_the_very_pod_and_version() {
    let (answer, call) = answered(201, success(), &target(), &Change::Evict, MEANT).await;
    assert_eq!(answer, Answer::Accepted { audit_id: Some("a-1".into()), object: None });
    let place = "/api/v1/namespaces/checkout/pods/api-1/eviction?timeout=8s";
    assert_eq!((call.method, call.path.as_str()), (Method::POST, place));
    let options = json!({"preconditions": {"uid": "p-1", "resourceVersion": "7"}});
    assert_eq!(call.body["deleteOptions"], options);
    assert!(call.body.get("apiVersion").is_none());
}

#[tokio::test]
async fn a_dry_run_says_so_in_the_address_whatever_it_is_about() {
    let job = json!({"metadata": {"name": "nightly-1"}});
    let patch = json!({"spec": {"paused": true}});
    for change in [
        Change::Evict,
        Change::Delete { grace_seconds: Some(0) },
        Change::Patch { part: Part::Whole, patch },
        Change::Create { kind: TargetKind::Job, object: job },
    ] {
        let (_, call) = answered(200, success(), &target(), &change, Mode::DryRun).await;
        assert!(call.path.ends_with("&dryRun=All"), "{}", call.path);
        let names_a_version = call.body.to_string().contains("resourceVersion");
        assert!(!names_a_version, "what is only asked may be about a newer version");
    }
}

#[tokio::test]
async fn a_deletion_names_the_very_object_and_version() {
    let change = Change::Delete { grace_seconds: Some(0) };
    let (_, call) = answered(200, success(), &target(), &change, MEANT).await;
    let place = "/api/v1/namespaces/checkout/pods/api-1?timeout=8s";
    assert_eq!((call.method, call.path.as_str()), (Method::DELETE, place));
    assert_eq!(call.body["preconditions"], json!({"uid": "p-1", "resourceVersion": "7"}));
    assert_eq!(call.body["gracePeriodSeconds"], 0);
}

#[tokio::test]
async fn a_patch_is_merged_into_the_very_object_and_version_or_its_scale() {
    let deployment = of_kind(TargetKind::Deployment);
    for (part, place) in [
        (Part::Whole, "/apis/apps/v1/namespaces/checkout/deployments/api"),
        (Part::Scale, "/apis/apps/v1/namespaces/checkout/deployments/api/scale"),
    ] {
        let change = Change::Patch { part, patch: json!({"spec": {"replicas": 3}}) };
        let object = json!({"kind": "Deployment", "metadata": {"generation": 4}});
        let (answer, call) = answered(200, object.clone(), &deployment, &change, MEANT).await;
        let accepted = Answer::Accepted { audit_id: Some("a-1".into()), object: Some(object) };
        assert_eq!(answer, accepted);
        assert_eq!(call.method, Method::PATCH);
        assert_eq!(call.path, format!("{place}?timeout=8s&fieldManager=sekisho"));
        assert_eq!(call.header("content-type"), ["application/merge-patch+json"]);
        let metadata = json!({"uid": "p-1", "resourceVersion": "7"});
        assert_eq!(call.body, json!({"spec": {"replicas": 3}, "metadata": metadata}));
    }
}

#[tokio::test]
async fn what_is_made_is_sent_to_its_own_kind() {
    let object = json!({"metadata": {"name": "nightly-1"}});
    let change = Change::Create { kind: TargetKind::Job, object: object.clone() };
    let (_, call) =
        answered(201, json!({"kind": "Job"}), &of_kind(TargetKind::Pod), &change, MEANT).await;
    let place = "/apis/batch/v1/namespaces/checkout/jobs?timeout=8s&fieldManager=sekisho";
    assert_eq!((call.method, call.path.as_str()), (Method::POST, place));
    assert_eq!(call.body, object);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let mut budget =
        failure(429, "Cannot evict pod as it would violate the pod's disruption budget.");
    budget["details"] = json!({"causes": [{"reason": "DisruptionBudget", "message": "The disruption budget api needs 2."}]});
    let words = "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget api needs 2.";
    let two = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    let mut exists = failure(409, "nightly-1 already exists");
    exists["reason"] = json!("AlreadyExists");
    let refused =
        |message: &str| Answer::Refused(ClusterError::Refused { message: message.into() });
    let table = [
        (429, budget, Answer::Budget(words.into())),
        (429, failure(429, "too many requests"), Answer::Refused(ClusterError::Busy)),
        (404, failure(404, "not found"), Answer::Gone),
        (409, failure(409, "other UID"), Answer::Conflict("other UID".into())),
        (409, exists, Answer::Exists("nightly-1 already exists".into())),
        (403, failure(403, "no"), refused("no")),
        (500, failure(500, two), refused(two)),
        (201, failure(500, two), refused(two)),
        (
            422,
            failure(422, "replicas: must not be negative"),
            Answer::Invalid("replicas: must not be negative".into()),
        ),
        (
            400,
            failure(400, "a webhook denied it"),
            Answer::TurnedAway("a webhook denied it".into()),
        ),
        (500, failure(500, "etcd"), Answer::Unknown("500 etcd".into())),
        (504, failure(504, "timeout"), Answer::Unknown("504 timeout".into())),
    ];
    for (code, body, want) in table {
        assert_eq!(eviction(code, body).await, want);
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_unknown() {
    for (code, body) in [(201, json!("hello")), (302, json!("elsewhere")), (302, json!({}))] {
        assert!(matches!(eviction(code, body).await, Answer::Unknown(_)));
    }
}

async fn client_at(address: &str) -> Client {
    let source =
        ClusterSource::Address { url: format!("http://{address}"), token: BearerToken::new("t") };
    connect(source, ExecPlugins::Refused).await.unwrap().0
}

#[tokio::test]
async fn without_a_connection_nothing_was_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let answer = send(&client_at(&address).await, &target(), &Change::Evict, MEANT).await;
    assert!(matches!(answer, Answer::Refused(ClusterError::Unreachable { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_connection_lost_after_sending_leaves_it_unknown_and_is_not_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 4096];
        let length = connection.read(&mut heard).await.unwrap();
        drop(connection);
        let again = timeout(Duration::from_millis(300), listener.accept()).await;
        (String::from_utf8_lossy(&heard[..length]).into_owned(), again.is_ok())
    });
    let answer = send(&client_at(&address).await, &target(), &Change::Evict, MEANT).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    let (heard, again) = server.await.unwrap();
    assert!(heard.contains("user-agent: sekisho/"));
    assert!(!again, "the call was repeated");
}

#[tokio::test]
async fn an_answer_that_stops_halfway_leaves_it_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 4096];
        let _ = connection.read(&mut heard).await.unwrap();
        let half = b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"kind\":";
        connection.write_all(half).await.unwrap();
    });
    let answer = send(&client_at(&address).await, &target(), &Change::Evict, MEANT).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    server.await.unwrap();
}

#[tokio::test]
async fn patience_ends_in_not_knowing() {
    let (client, _calls) = cluster(|_| std::future::pending());
    let patience = Duration::from_millis(20);
    let answer = sent_within(&client, &target(), &Change::Evict, MEANT, patience).await;
    assert!(matches!(answer, Answer::Unknown(_)));
}
