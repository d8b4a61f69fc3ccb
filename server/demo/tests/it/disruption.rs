//! Evictions and the budgets that refuse them.

use http::Request;
use k8s_openapi::api::{core::v1::Pod, policy::v1::PodDisruptionBudget};
use kube::{
    Api, Client, ResourceExt,
    api::{DeleteParams, EvictParams, ListParams, PostParams, Preconditions},
    runtime::{
        conditions::{is_deleted, is_pod_running},
        wait::{Condition, await_condition},
    },
};
use serde_json::{Value, json};

use crate::running::{Running, budget, deployment, eventually, send};

struct Setting {
    running: Running,
    client: Client,
    pods: Api<Pod>,
}

impl Setting {
    /// A deployment whose pods are all there, with budgets that have been computed.
    async fn new(replicas: usize, behaviour: &str, budgets: &[Value]) -> Self {
        let running = Running::start().await;
        let client = running.admin().await;
        let setting = Self { pods: Api::namespaced(client.clone(), "ledger"), client, running };
        setting.running.apply(deployment(i64::try_from(replicas).unwrap(), behaviour));
        eventually("the pods", || async {
            setting.settled(replicas, behaviour).await.then_some(())
        })
        .await;
        for budget in budgets {
            setting.running.apply(budget.clone());
        }
        let api: Api<PodDisruptionBudget> = Api::namespaced(setting.client.clone(), "ledger");
        eventually("the budgets", || async {
            let budgets = api.list(&ListParams::default()).await.unwrap().items;
            budgets
                .iter()
                .all(|budget| {
                    budget.status.as_ref().is_some_and(|status| status.expected_pods > Some(0))
                })
                .then_some(())
        })
        .await;
        setting
    }

    async fn settled(&self, replicas: usize, behaviour: &str) -> bool {
        let pods = self.pods.list(&ListParams::default()).await.unwrap().items;
        let ready = |pod: &Pod| {
            let conditions = pod.status.as_ref().and_then(|status| status.conditions.as_ref());
            conditions.is_some_and(|all| {
                all.iter().any(|one| one.type_ == "Ready" && one.status == "True")
            })
        };
        let fine = |pod: &Pod| {
            is_pod_running().matches_object(Some(pod))
                && (ready(pod) != (behaviour == "never-ready"))
        };
        pods.len() == replicas && pods.iter().all(fine)
    }

    async fn a_pod(&self) -> Pod {
        self.pods.list(&ListParams::default()).await.unwrap().items.remove(0)
    }

    async fn evict(&self, pod: &Pod, options: Value) -> (u16, Value) {
        let uri = format!("/api/v1/namespaces/ledger/pods/{}/eviction", pod.name_any());
        let eviction = json!({ "metadata": { "name": pod.name_any() }, "deleteOptions": options });
        send(&self.client, Request::post(uri), eviction).await
    }
}

#[tokio::test]
async fn an_evicted_pod_is_replaced() {
    let setting = Setting::new(2, "", &[]).await;
    let pod = setting.a_pod().await;
    let status = setting.pods.evict(&pod.name_any(), &EvictParams::default()).await.unwrap();
    assert_eq!((status.is_success(), status.code), (true, 201));
    let uid = pod.uid().unwrap();
    await_condition(setting.pods.clone(), &pod.name_any(), is_deleted(&uid)).await.unwrap();
    eventually("the replacement", || async { setting.settled(2, "").await.then_some(()) }).await;
}

#[tokio::test]
async fn a_budget_without_room_refuses_and_names_itself_only_in_the_causes() {
    let setting = Setting::new(2, "", &[budget("all-of-them", 2)]).await;
    let pod = setting.a_pod().await;
    let (code, status) = setting.evict(&pod, Value::Null).await;
    assert_eq!(code, 429);
    assert_eq!(
        status,
        json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": "Cannot evict pod as it would violate the pod's disruption budget.",
            "reason": "TooManyRequests",
            "details": { "causes": [{
                "reason": "DisruptionBudget",
                "message": "The disruption budget all-of-them needs 2 healthy pods and has 2 currently",
            }] },
            "code": 429,
        })
    );
    let (code, _) = setting.evict(&pod, json!({ "dryRun": ["All"] })).await;
    assert_eq!(code, 429, "a rehearsal meets the same refusal");
}

#[tokio::test]
async fn a_rehearsal_spends_nothing() {
    let setting = Setting::new(2, "", &[budget("one-of-them", 1)]).await;
    let pod = setting.a_pod().await;
    for _ in 0..3 {
        assert_eq!(setting.evict(&pod, json!({ "dryRun": ["All"] })).await.0, 201);
    }
    assert!(setting.pods.get(&pod.name_any()).await.unwrap().metadata.deletion_timestamp.is_none());
    assert_eq!(setting.evict(&pod, Value::Null).await.0, 201);
}

#[tokio::test]
async fn several_budgets_over_one_pod_are_an_error() {
    let setting = Setting::new(2, "", &[budget("one", 1), budget("another", 1)]).await;
    let (code, status) = setting.evict(&setting.a_pod().await, Value::Null).await;
    assert_eq!((code, status["code"].as_i64()), (500, Some(500)));
    assert!(status["message"].as_str().unwrap().contains("more than one PodDisruptionBudget"));
}

#[tokio::test]
async fn preconditions_bind_an_eviction_to_one_pod() {
    let setting = Setting::new(1, "", &[]).await;
    let pod = setting.a_pod().await;
    let other = json!({ "preconditions": { "uid": "00000000-0000-0000-0000-000000000000" } });
    let (code, status) = setting.evict(&pod, other).await;
    assert_eq!((code, &status["reason"]), (409, &json!("Conflict")));
    let own = Preconditions { uid: pod.uid(), resource_version: None };
    let delete_options = Some(DeleteParams::default().preconditions(own));
    let params = EvictParams { delete_options, post_options: PostParams::default() };
    setting.pods.evict(&pod.name_any(), &params).await.unwrap();
}

#[tokio::test]
async fn an_unready_pod_may_go_only_while_enough_others_are_healthy() {
    let setting = Setting::new(2, "never-ready", &[budget("one-of-them", 1)]).await;
    let (code, _) = setting.evict(&setting.a_pod().await, Value::Null).await;
    assert_eq!(code, 429, "none is healthy, so none may go");
}

#[tokio::test]
async fn names_and_dry_run_values_are_checked() {
    let setting = Setting::new(1, "", &[]).await;
    let name = setting.a_pod().await.name_any();
    let uri = format!("/api/v1/namespaces/ledger/pods/{name}/eviction");
    let misnamed =
        json!({ "apiVersion": "policy/v1", "kind": "Eviction", "metadata": { "name": "other" } });
    let (code, status) = send(&setting.client, Request::post(&uri), misnamed).await;
    assert_eq!(
        (code, &status["message"]),
        (400, &json!("name in URL does not match name in Eviction object"))
    );
    let (code, _) = send(&setting.client, Request::post(&uri), json!({})).await;
    assert_eq!(code, 400, "the name must be said twice");
    let rehearsal = Request::post(format!("{uri}?dryRun=some"));
    let named = json!({ "metadata": { "name": name } });
    assert_eq!(send(&setting.client, rehearsal, named).await.0, 422);
    let missing = Request::post("/api/v1/namespaces/ledger/pods/nope/eviction");
    let nope = json!({ "metadata": { "name": "nope" } });
    let (code, status) = send(&setting.client, missing, nope).await;
    assert_eq!((code, &status["message"]), (404, &json!("pods \"nope\" not found")));
}
