//! The access reviews against a cluster on the wire.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use domain::testkit::ManualClock;
use serde_json::json;
use tokio::sync::Semaphore;

use super::*;
use crate::cluster::testkit::{Call, Reply, cluster};

fn verdict(allowed: bool) -> Reply {
    (201, json!({"metadata": {}, "spec": {}, "status": {"allowed": allowed}}))
}

fn user(name: &str) -> ClusterUser {
    name.parse().unwrap()
}

fn checkout() -> Namespace {
    "checkout".parse().unwrap()
}

#[tokio::test]
async fn the_review_is_of_the_person_listing_pods_there() {
    let (client, calls) = cluster(|_| async { verdict(true) });
    let reviews = AccessReviews::new(client, Arc::new(ManualClock::default()));
    assert_eq!(reviews.may_view(&user("engineer@kawase.example"), &checkout()).await, Ok(true));
    let call = &calls.all()[0];
    assert_eq!(call.path, "/apis/authorization.k8s.io/v1/subjectaccessreviews?");
    assert!(call.header("impersonate-user").is_empty());
    let asked = json!({"user": "engineer@kawase.example", "groups": ["system:authenticated"],
        "resourceAttributes": {"verb": "list", "resource": "pods", "namespace": "checkout"}});
    assert_eq!(call.body["spec"], asked);
}

#[tokio::test]
async fn an_answer_is_kept_for_ten_seconds() {
    let clock = Arc::new(ManualClock::default());
    let (client, calls) = cluster(|call: Call| async move {
        verdict(call.body["spec"]["user"] == "engineer@kawase.example")
    });
    let reviews = AccessReviews::new(client, clock.clone());
    for _ in 0..3 {
        assert_eq!(reviews.may_view(&user("engineer@kawase.example"), &checkout()).await, Ok(true));
        assert_eq!(
            reviews.may_view(&user("security@kawase.example"), &checkout()).await,
            Ok(false)
        );
    }
    assert_eq!(calls.count(), 2);
    clock.advance(Duration::from_secs(10));
    assert_eq!(reviews.may_view(&user("engineer@kawase.example"), &checkout()).await, Ok(true));
    assert_eq!(calls.count(), 3);
}

#[tokio::test]
async fn one_question_is_asked_once_however_many_wait() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let (client, calls) = cluster(move |_| {
        let gate = Arc::clone(&gate);
        async move {
            let _pass = gate.acquire().await.unwrap();
            verdict(true)
        }
    });
    let reviews = AccessReviews::new(client, Arc::new(ManualClock::default()));
    let (person, namespace) = (user("engineer@kawase.example"), checkout());
    let waiting = (0..20).map(|_| reviews.may_view(&person, &namespace));
    let all = futures::future::join_all(waiting);
    let opening = async { opened.add_permits(1) };
    let (answers, ()) = tokio::join!(all, opening);
    assert!(answers.into_iter().all(|answer| answer == Ok(true)));
    assert_eq!(calls.count(), 1);
}

#[tokio::test]
async fn a_failure_is_no_answer() {
    let count = Arc::new(AtomicUsize::new(0));
    let (client, calls) = cluster(move |_| {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { (503, json!({"kind": "Status", "code": 503})) } else { verdict(true) } }
    });
    let reviews = AccessReviews::new(client, Arc::new(ManualClock::default()));
    let failed = reviews.may_view(&user("engineer@kawase.example"), &checkout()).await;
    assert!(matches!(failed, Err(ClusterError::Unreachable { .. })));
    assert_eq!(reviews.may_view(&user("engineer@kawase.example"), &checkout()).await, Ok(true));
    assert_eq!(calls.count(), 2);
}
