//! Kawase Pay: a company of the promised size, with the promised troubles.

use demo_cluster::{Options, Seed};
use jiff::Timestamp;
use k8s_openapi::api::{
    apps::v1::Deployment,
    core::v1::{Event, Namespace, Node, Pod},
    policy::v1::PodDisruptionBudget,
};
use kube::{Api, Client, ResourceExt, api::ListParams};

use crate::running::{Running, options, start_time};

async fn company() -> (Running, Client) {
    let running = Running::with(Options { seed: Seed::KawasePay, ..options() }).await;
    let client = running.admin().await;
    (running, client)
}

async fn all<K>(client: &Client) -> Vec<K>
where
    K: kube::Resource<DynamicType = ()> + Clone + std::fmt::Debug + serde::de::DeserializeOwned,
{
    Api::<K>::all(client.clone()).list(&ListParams::default()).await.unwrap().items
}

#[tokio::test]
async fn the_company_has_its_size() {
    let (_running, client) = company().await;
    assert_eq!(all::<Node>(&client).await.len(), 6);
    let pods = all::<Pod>(&client).await;
    assert!((80..=110).contains(&pods.len()), "{} pods", pods.len());
    let namespaces: Vec<_> =
        all::<Namespace>(&client).await.iter().map(ResourceExt::name_any).collect();
    for name in [
        "checkout",
        "ledger",
        "payouts",
        "fraud-scoring",
        "card-vault",
        "kube-system",
        "loyalty-pilot",
    ] {
        assert!(namespaces.iter().any(|namespace| namespace == name), "{name}");
    }
}

#[tokio::test]
async fn some_things_are_wrong_and_the_rest_is_ready() {
    let (_running, client) = company().await;
    let mut unwell = Vec::new();
    for pod in all::<Pod>(&client).await {
        let status = pod.status.clone().unwrap();
        let container = status.container_statuses.unwrap_or_default().into_iter().next();
        let ready = container.as_ref().is_some_and(|container| container.ready);
        if !ready && status.phase.as_deref() != Some("Succeeded") {
            let waiting = container.clone().and_then(|container| container.state?.waiting?.reason);
            let restarts = container.map_or(0, |container| container.restart_count);
            unwell.push((
                pod.namespace().unwrap(),
                waiting.unwrap_or(status.phase.unwrap()),
                restarts,
            ));
        }
    }
    unwell.sort();
    let expected = [
        ("checkout", "CrashLoopBackOff", 11),
        ("fraud-scoring", "CrashLoopBackOff", 23),
        ("merchant-portal", "Running", 0),
        ("payouts", "ImagePullBackOff", 0),
        ("reporting", "Pending", 0),
    ];
    let unwell: Vec<_> = unwell
        .iter()
        .map(|(namespace, why, restarts)| (namespace.as_str(), why.as_str(), *restarts))
        .collect();
    assert_eq!(unwell, expected);
}

#[tokio::test]
async fn the_stuck_rollout_has_passed_its_deadline_but_still_serves() {
    let (_running, client) = company().await;
    let deployments = all::<Deployment>(&client).await;
    let stuck =
        deployments.into_iter().find(|deployment| deployment.name_any() == "payouts-api").unwrap();
    let status = stuck.status.unwrap();
    assert_eq!((status.available_replicas, status.updated_replicas), (Some(3), Some(1)));
    let progress = status
        .conditions
        .unwrap()
        .into_iter()
        .find(|condition| condition.type_.as_deref() == Some("Progressing"))
        .unwrap();
    assert_eq!(progress.reason.as_deref(), Some("ProgressDeadlineExceeded"));
}

#[tokio::test]
async fn budgets_are_computed_and_one_has_no_headroom() {
    let (_running, client) = company().await;
    let budgets = all::<PodDisruptionBudget>(&client).await;
    let headroom =
        |budget: &PodDisruptionBudget| budget.status.as_ref().unwrap().disruptions_allowed;
    let none: Vec<_> = budgets
        .iter()
        .filter(|budget| headroom(budget) == Some(0))
        .map(ResourceExt::name_any)
        .collect();
    assert_eq!(none, ["journal"]);
}

#[tokio::test]
async fn ages_differ_and_events_are_recent() {
    let (_running, client) = company().await;
    let pods = all::<Pod>(&client).await;
    let mut born: Vec<Timestamp> =
        pods.iter().filter_map(|pod| Some(pod.creation_timestamp()?.0)).collect();
    born.sort();
    born.dedup();
    assert!(born.len() > 25, "{} different ages", born.len());
    assert!(born.iter().all(|time| *time < start_time()));
    let events = all::<Event>(&client).await;
    assert!(!events.is_empty());
    for event in events {
        let told = event.last_timestamp.unwrap().0;
        assert!(start_time().duration_since(told).as_hours() <= 1, "{:?}", event.metadata.name);
    }
}

#[tokio::test]
async fn people_see_their_own_tenants_only() {
    let (running, _) = company().await;
    let cases = [
        ("engineer", "ledger", true),
        ("engineer", "card-vault", false),
        ("on-call", "card-vault", true),
    ];
    for (person, namespace, sees) in cases {
        let client = running.as_user(&format!("{person}@kawase.example")).await;
        let pods: Api<Pod> = Api::namespaced(client, namespace);
        assert_eq!(
            pods.list(&ListParams::default()).await.is_ok(),
            sees,
            "{person} in {namespace}"
        );
    }
}
