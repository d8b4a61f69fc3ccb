//! Reading lines from a cluster on the wire.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use domain::testkit::ManualClock;
use http::Method;

use super::*;
use crate::cluster::testkit::{Calls, cluster_of_text};

const ENGINEER: &str = "engineer@kawase.example";

fn run() -> ContainerRun {
    ContainerRun {
        namespace: "checkout".parse().unwrap(),
        pod: "api-1".parse().unwrap(),
        uid: "p-1".to_owned(),
        container: "main".to_owned(),
        restarts: 3,
        run: Run::Previous,
    }
}

fn logs(client: Client) -> (ContainerLogs, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::default());
    (ContainerLogs::new(client, clock.clone()), clock)
}

async fn of(logs: &ContainerLogs, user: &str, run: &ContainerRun) -> Result<Lines, ClusterError> {
    logs.last_lines(&user.parse().unwrap(), run).await
}

/// What is made of this answer, and the calls it took.
async fn answered(code: u16, body: &'static [u8]) -> (Result<Lines, ClusterError>, Calls) {
    let (client, calls) = cluster_of_text(move |_| async move { (code, body.to_vec()) });
    (of(&logs(client).0, ENGINEER, &run()).await, calls)
}

#[tokio::test]
async fn lines_are_asked_for_as_the_person_and_within_bounds() {
    let (lines, calls) = answered(200, b"out of memory\n").await;
    assert_eq!(lines.unwrap().as_slice(), ["out of memory"]);
    let call = &calls.all()[0];
    assert_eq!(call.method, Method::GET);
    let path = "/api/v1/namespaces/checkout/pods/api-1/log?&container=main&limitBytes=65536&previous=true&tailLines=20";
    assert_eq!(call.path, path);
    assert_eq!(call.header("impersonate-user"), [ENGINEER]);
    assert!(call.header("impersonate-group").is_empty(), "no power but their own");
}

#[tokio::test]
async fn the_current_run_is_another_question() {
    let (client, calls) = cluster_of_text(|_| async { (200, b"listening\n".to_vec()) });
    let current = ContainerRun { run: Run::Current, container: "a&previous=true".into(), ..run() };
    of(&logs(client).0, ENGINEER, &current).await.unwrap();
    let path = &calls.all()[0].path;
    assert!(path.contains("container=a%26previous%3Dtrue"), "{path}");
    assert!(!path.contains("&previous"), "{path}");
}

#[tokio::test]
async fn what_is_read_is_harmless() {
    let (lines, _) = answered(200, b"\x1b[31mred\x1b[0m \xff\x07\n").await;
    assert_eq!(lines.unwrap().as_slice(), ["red \u{fffd}"]);
}

#[tokio::test]
async fn where_the_limit_would_cut_the_last_line_off_it_is_asked_for_alone() {
    let (client, calls) = cluster_of_text(|call| async move {
        let alone = call.path.ends_with("tailLines=1");
        (200, if alone { b"the last\n".to_vec() } else { vec![b'x'; LIMIT] })
    });
    let lines = of(&logs(client).0, ENGINEER, &run()).await.unwrap();
    assert_eq!(lines.as_slice(), ["the last"]);
    assert_eq!(calls.count(), 2);
}

#[tokio::test]
async fn more_than_was_asked_for_is_not_taken() {
    let (client, _) = cluster_of_text(|_| async { (200, vec![b'x'; LIMIT + 1]) });
    let read = of(&logs(client).0, ENGINEER, &run()).await;
    assert!(matches!(read, Err(ClusterError::Unexpected { .. })), "{read:?}");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let refused = |message: &str| ClusterError::Refused { message: message.to_owned() };
    let unreachable = ClusterError::Unreachable { message: "dial: refused".to_owned() };
    let unexpected = ClusterError::Unexpected { message: "418 tea".to_owned() };
    let status = br#"{"kind": "Status", "code": 403, "message": "pods \"api-1\" is forbidden"}"#;
    let table: [(u16, &'static [u8], ClusterError); 7] = [
        (403, b"forbidden", refused("forbidden")),
        (403, status, refused("pods \"api-1\" is forbidden")),
        (404, b"no such pod", ClusterError::NotFound),
        (400, b"previous terminated container not found", ClusterError::NotFound),
        (429, b"later", ClusterError::Busy),
        (500, b"dial: refused", unreachable),
        (418, b"tea", unexpected),
    ];
    for (code, body, error) in table {
        assert_eq!(answered(code, body).await.0, Err(error));
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_does_not_answer_is_not_waited_for_long() {
    let (client, calls) = cluster_of_text(|_| std::future::pending());
    let (logs, _) = logs(client);
    for _ in 0..2 {
        let silent = of(&logs, ENGINEER, &run()).await;
        assert!(matches!(silent, Err(ClusterError::Unreachable { .. })), "{silent:?}");
    }
    assert_eq!(calls.count(), 1, "and not asked again at each look");
}

#[tokio::test]
async fn lines_are_kept_for_ten_seconds_for_that_person_and_that_run_alone() {
    let count = Arc::new(AtomicUsize::new(0));
    let (client, calls) = cluster_of_text(move |_| {
        let number = count.fetch_add(1, SeqCst);
        async move { (200, number.to_string().into_bytes()) }
    });
    let (logs, clock) = logs(client);
    let restarted = ContainerRun { restarts: 4, ..run() };
    let namesake = ContainerRun { uid: "p-2".to_owned(), ..run() };
    let read = async |user: &str, run: &ContainerRun| {
        of(&logs, user, run).await.unwrap().as_slice()[0].clone()
    };
    for _ in 0..3 {
        assert_eq!(read(ENGINEER, &run()).await, "0");
        assert_eq!(read("on-call@kawase.example", &run()).await, "1");
        assert_eq!(read(ENGINEER, &restarted).await, "2");
        assert_eq!(read(ENGINEER, &namesake).await, "3");
    }
    assert_eq!(calls.count(), 4);
    clock.advance(KEPT_FOR);
    assert_eq!(read(ENGINEER, &run()).await, "4");
}
