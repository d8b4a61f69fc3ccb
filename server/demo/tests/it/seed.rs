//! Kawase Pay: a company of the promised size, with the promised troubles.

use demo_cluster::{Options, Seed};
use jiff::Timestamp;
use k8s_openapi::api::{
    apps::v1::{Deployment, ReplicaSet},
    autoscaling::v2::HorizontalPodAutoscaler,
    batch::v1::{CronJob, Job},
    core::v1::{Event, Namespace, Node, Pod},
    policy::v1::PodDisruptionBudget,
};
use kube::{Api, Client, ResourceExt, api::ListParams};

use serde_json::json;

use crate::running::{Running, options, send, start_time};

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
        ("on-call", "kube-system", true),
        ("approver", "kube-system", true),
        ("engineer", "kube-system", false),
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

#[tokio::test]
async fn there_is_something_to_go_back_to() {
    let (_running, client) = company().await;
    let sets = all::<ReplicaSet>(&client).await;
    let history = |name: &str| {
        let is_of = |set: &&ReplicaSet| {
            set.owner_references()
                .iter()
                .any(|owner| owner.kind == "Deployment" && owner.name == name)
        };
        let revision = |set: &ReplicaSet| -> u32 {
            set.annotations()["deployment.kubernetes.io/revision"].parse().unwrap()
        };
        let describe = |set: &ReplicaSet| {
            let spec = set.spec.clone();
            let image = spec.template.unwrap().spec.unwrap().containers[0].image.clone().unwrap();
            let tag = image.rsplit(':').next().unwrap().to_owned();
            (revision(set), tag, spec.replicas.unwrap_or_default())
        };
        let mut history: Vec<_> = sets.iter().filter(is_of).map(describe).collect();
        history.sort();
        history
    };
    let told = |name: &str| {
        let history = history(name).into_iter();
        history.map(|(revision, tag, size)| format!("{revision} {tag} {size}")).collect::<Vec<_>>()
    };
    assert_eq!(told("payouts-api"), ["1 3.29.2 0", "2 3.30.4 0", "3 3.31.0 3", "4 3.32.0 1"]);
    assert_eq!(told("checkout-api"), ["1 2026.46.1 0", "2 2026.47.0 0", "3 2026.47.3 4"]);
    assert_eq!(
        told("portal-web"),
        ["1 2026.44.0 0", "2 2026.45.3 0", "3 2026.46.2 3", "4 2026.47.0 1"]
    );
}

#[tokio::test]
async fn a_rollout_is_paused_half_way() {
    let (_running, client) = company().await;
    let deployments = all::<Deployment>(&client).await;
    let paused: Vec<_> =
        deployments.iter().filter(|deployment| deployment.spec.paused == Some(true)).collect();
    assert_eq!(
        paused.iter().map(|deployment| deployment.name_any()).collect::<Vec<_>>(),
        ["portal-web"]
    );
    let status = paused[0].status.clone().unwrap();
    assert_eq!((status.replicas, status.updated_replicas), (Some(4), Some(1)));
    let conditions = status.conditions.unwrap();
    assert!(
        conditions.iter().any(|condition| condition.reason.as_deref() == Some("DeploymentPaused"))
    );
}

#[tokio::test]
async fn there_are_jobs_to_cancel_and_schedules_to_resume() {
    let (_running, client) = company().await;
    let jobs = all::<Job>(&client).await;
    let active: Vec<_> = jobs
        .iter()
        .filter(|job| job.status.as_ref().unwrap().active.is_some())
        .map(ResourceExt::name_any)
        .collect();
    assert_eq!(active, ["entry-reindex"]);
    let cron_jobs = all::<CronJob>(&client).await;
    let suspended = |cron_job: &&CronJob| cron_job.spec.suspend == Some(true);
    let names: Vec<_> = cron_jobs.iter().filter(suspended).map(ResourceExt::name_any).collect();
    assert_eq!(names, ["statement-import"]);
    for cron_job in &cron_jobs {
        let name = cron_job.name_any();
        let runs = jobs.iter().filter(|job| {
            job.owner_references().iter().any(|owner| owner.kind == "CronJob" && owner.name == name)
        });
        let status = cron_job.status.clone().unwrap();
        let last = status.last_schedule_time.unwrap().0;
        assert_eq!(runs.clone().count(), 3, "{name}");
        assert!(runs.clone().any(|job| job.creation_timestamp().unwrap().0 == last), "{name}");
    }
    let autoscalers = all::<HorizontalPodAutoscaler>(&client).await;
    let spec = autoscalers[0].spec.clone();
    assert_eq!(spec.scale_target_ref.name, "checkout-api");
    assert_eq!((spec.min_replicas, spec.max_replicas), (Some(3), 10));
}

#[tokio::test]
async fn people_see_the_targets_of_actions_and_may_change_none() {
    let (running, client) = company().await;
    let kinds = [
        ("", "pods"),
        ("", "services"),
        ("apps", "deployments"),
        ("apps", "replicasets"),
        ("apps", "statefulsets"),
        ("apps", "daemonsets"),
        ("apps", "controllerrevisions"),
        ("batch", "jobs"),
        ("batch", "cronjobs"),
        ("autoscaling", "horizontalpodautoscalers"),
    ];
    let may = async |person: &str, verb: &str, namespace: &str, (group, resource): (&str, &str)| {
        let attributes =
            json!({ "verb": verb, "group": group, "resource": resource, "namespace": namespace });
        let user = format!("{person}@kawase.example");
        let review = json!({ "spec": { "user": user, "resourceAttributes": attributes } });
        let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        send(&client, http::Request::post(path), review).await.1["status"]["allowed"] == true
    };
    for kind in kinds {
        for verb in ["get", "list", "watch"] {
            assert!(may("engineer", verb, "payouts", kind).await, "{verb} {kind:?}");
        }
        for verb in ["create", "update", "patch", "delete", "deletecollection"] {
            assert!(!may("on-call", verb, "payouts", kind).await, "{verb} {kind:?}");
        }
    }
    assert!(may("on-call", "list", "", ("", "nodes")).await);
    assert!(may("approver", "get", "", ("", "nodes")).await);
    assert!(!may("on-call", "patch", "", ("", "nodes")).await);
    assert!(!may("engineer", "get", "", ("", "nodes")).await);
    let on_call = running.as_user("on-call@kawase.example").await;
    let path = "/apis/apps/v1/namespaces/payouts/deployments/payouts-api";
    let (code, _) =
        crate::running::merge(&on_call, path, json!({ "spec": { "replicas": 1 } })).await;
    assert_eq!(code, 403);
}

#[tokio::test]
async fn every_node_runs_a_daemon_a_static_pod_and_some_of_the_company() {
    let (_running, client) = company().await;
    let pods = all::<Pod>(&client).await;
    for node in all::<Node>(&client).await {
        let on_it = |pod: &&Pod| pod.spec.as_ref().unwrap().node_name == node.metadata.name;
        let kept_by = |kind: &str| {
            let is_kept = |pod: &&Pod| pod.owner_references().iter().any(|it| it.kind == kind);
            pods.iter().filter(on_it).filter(is_kept).collect::<Vec<_>>()
        };
        assert_eq!(kept_by("DaemonSet").len(), 1, "{}", node.name_any());
        let [mirror] = &kept_by("Node")[..] else { panic!("{}", node.name_any()) };
        assert!(mirror.annotations().contains_key("kubernetes.io/config.mirror"));
        assert_eq!(mirror.owner_references()[0].uid, node.metadata.uid.clone().unwrap());
        assert!(kept_by("ReplicaSet").len() > 5, "{}", node.name_any());
    }
}
