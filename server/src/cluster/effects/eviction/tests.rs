//! Evictions against a cluster on the wire, and against connections that break.

use http::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::cluster::{
    connection::connect,
    settings::{BearerToken, ClusterSource, ExecPlugins},
    testkit::{Call, cluster, preview_permit, target},
};

const PATIENCE: Duration = Duration::from_secs(20);
const MEANT: Mode<'static> = Mode::Of { resource_version: "7" };

async fn answered(code: u16, body: Value, mode: Mode<'_>) -> (Answer, Call) {
    let (client, calls) = cluster(move |_| {
        let body = body.clone();
        async move { (code, body) }
    });
    let person = Person::acting(&client, &preview_permit(&target())).unwrap();
    let answer = evict(&person, &target(), mode, PATIENCE).await;
    (answer, calls.all().remove(0))
}

fn failure(code: u16, message: &str) -> Value {
    json!({"kind": "Status", "status": "Failure", "code": code, "message": message})
}

#[tokio::test]
async fn an_eviction_names_the_very_pod_and_version() {
    let success = json!({"kind": "Status", "status": "Success"});
    let (answer, call) = answered(201, success, MEANT).await;
    assert_eq!(answer, Answer::Accepted { audit_id: Some("a-1".into()) });
    let place = "/api/v1/namespaces/checkout/pods/api-1/eviction?timeout=8s";
    assert_eq!((call.method, call.path.as_str()), (Method::POST, place));
    let options = json!({"preconditions": {"uid": "p-1", "resourceVersion": "7"}});
    assert_eq!(call.body["deleteOptions"], options);
    assert!(call.body.get("apiVersion").is_none());
}

#[tokio::test]
async fn a_dry_run_says_so() {
    let success = json!({"kind": "Status", "status": "Success"});
    let (_, call) = answered(201, success, Mode::DryRun).await;
    assert!(call.path.ends_with("/eviction?timeout=8s&dryRun=All"), "{}", call.path);
    let options = json!({"preconditions": {"uid": "p-1"}, "dryRun": ["All"]});
    assert_eq!(call.body["deleteOptions"], options);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let mut budget =
        failure(429, "Cannot evict pod as it would violate the pod's disruption budget.");
    budget["details"] = json!({"causes": [{"reason": "DisruptionBudget", "message": "The disruption budget api needs 2."}]});
    let words = "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget api needs 2.";
    let two = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    let refused =
        |message: &str| Answer::Refused(ClusterError::Refused { message: message.into() });
    let table = [
        (429, budget, Answer::Budget(words.into())),
        (429, failure(429, "too many requests"), Answer::Refused(ClusterError::Busy)),
        (404, failure(404, "not found"), Answer::Gone),
        (409, failure(409, "other UID"), Answer::Conflict("other UID".into())),
        (403, failure(403, "no"), refused("no")),
        (500, failure(500, two), refused(two)),
        (201, failure(500, two), refused(two)),
        (500, failure(500, "etcd"), Answer::Unknown("500 etcd".into())),
        (504, failure(504, "timeout"), Answer::Unknown("504 timeout".into())),
    ];
    for (code, body, want) in table {
        assert_eq!(answered(code, body, MEANT).await.0, want);
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_unknown() {
    let (answer, _) = answered(201, json!("hello"), MEANT).await;
    assert!(matches!(answer, Answer::Unknown(_)));
    let (answer, _) = answered(302, json!("elsewhere"), MEANT).await;
    assert!(matches!(answer, Answer::Unknown(_)));
}

async fn person_at(address: &str) -> Person {
    let source =
        ClusterSource::Address { url: format!("http://{address}"), token: BearerToken::new("t") };
    let client = connect(source, ExecPlugins::Refused).await.unwrap();
    Person::acting(&client, &preview_permit(&target())).unwrap()
}

#[tokio::test]
async fn without_a_connection_nothing_was_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let answer = evict(&person_at(&address).await, &target(), MEANT, PATIENCE).await;
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
    let answer = evict(&person_at(&address).await, &target(), MEANT, PATIENCE).await;
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
    let answer = evict(&person_at(&address).await, &target(), MEANT, PATIENCE).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    server.await.unwrap();
}

#[tokio::test]
async fn patience_ends_in_not_knowing() {
    let (client, _calls) = cluster(|_| std::future::pending());
    let person = Person::acting(&client, &preview_permit(&target())).unwrap();
    let answer = evict(&person, &target(), MEANT, Duration::from_millis(20)).await;
    assert!(matches!(answer, Answer::Unknown(_)));
}
