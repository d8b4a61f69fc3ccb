//! A running cluster and clients for it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use demo_cluster::{DemoCluster, Options};
use http::Request;
use jiff::{SignedDuration, Timestamp};
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};

/// The time at which every test cluster starts.
pub(crate) fn start_time() -> Timestamp {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

/// Options of a test cluster whose clock stands still.
pub(crate) fn options() -> Options {
    Options::bare(Arc::new(start_time), [7; 32])
}

/// A clock that moves when it is told to.
pub(crate) struct MovingClock(Arc<Mutex<Timestamp>>);

impl MovingClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(start_time())))
    }

    /// Options of a cluster that reads this clock.
    pub(crate) fn options(&self) -> Options {
        let time = Arc::clone(&self.0);
        Options { clock: Arc::new(move || *time.lock().unwrap()), ..options() }
    }

    /// Moves on, and tells the new time.
    pub(crate) fn pass(&self, by: SignedDuration) -> Timestamp {
        let mut time = self.0.lock().unwrap();
        *time += by;
        *time
    }
}

pub(crate) struct Running {
    pub(crate) cluster: DemoCluster,
}

impl Running {
    /// A cluster with a namespace `ledger`.
    pub(crate) async fn start() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let running = Self { cluster: DemoCluster::start(options).await.unwrap() };
        running.apply(
            json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "ledger" } }),
        );
        running
    }

    pub(crate) fn apply(&self, object: Value) {
        self.cluster.apply(object).unwrap();
    }

    pub(crate) async fn admin(&self) -> Client {
        self.client(self.cluster.admin_token()).await
    }

    pub(crate) async fn as_user(&self, user: &str) -> Client {
        self.client(&self.cluster.token_for(user, &[])).await
    }

    pub(crate) async fn client(&self, token: &str) -> Client {
        let kubeconfig = Kubeconfig::from_yaml(&self.cluster.kubeconfig(token)).unwrap();
        let mut config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default())
            .await
            .unwrap();
        // Refusals are what these tests look at: they must not be tried again.
        config.default_retry = false;
        Client::try_from(config).unwrap()
    }
}

/// Sends a request and returns its status and body, whatever they are.
pub(crate) async fn send(
    client: &Client,
    request: http::request::Builder,
    body: Value,
) -> (u16, Value) {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    send_bytes(client, request.header("content-type", "application/json"), body).await
}

/// Sends a merge patch.
pub(crate) async fn merge(client: &Client, path: &str, change: Value) -> (u16, Value) {
    let request = Request::patch(path).header("content-type", "application/merge-patch+json");
    send_bytes(client, request, change.to_string().into_bytes()).await
}

/// Sends a JSON patch.
pub(crate) async fn json_patch(client: &Client, path: &str, change: Value) -> (u16, Value) {
    let request = Request::patch(path).header("content-type", "application/json-patch+json");
    send_bytes(client, request, change.to_string().into_bytes()).await
}

/// Reads one object.
pub(crate) async fn get(client: &Client, path: &str) -> (u16, Value) {
    send(client, Request::get(path), Value::Null).await
}

async fn send_bytes(
    client: &Client,
    request: http::request::Builder,
    body: Vec<u8>,
) -> (u16, Value) {
    let request: Request<Vec<u8>> = request.body(body).unwrap();
    let response = client.send(request.map(Into::into)).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect_bytes().await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Asks until the answer satisfies, or fails after ten seconds.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut ask: impl FnMut() -> F,
) -> T {
    let asking = async {
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), asking)
        .await
        .unwrap_or_else(|_| panic!("never saw {what}"))
}

/// A deployment of `ledger-api` with a behaviour.
pub(crate) fn deployment(replicas: i64, behaviour: &str) -> Value {
    let labels = json!({ "app": "ledger-api" });
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": { "name": "ledger-api", "namespace": "ledger" },
        "spec": {
            "replicas": replicas,
            "selector": { "matchLabels": labels },
            "template": {
                "metadata": { "labels": labels, "annotations": { "sekisho.dev/demo": behaviour } },
                "spec": { "containers": [{ "name": "api", "image": "registry.kawase.example/ledger/api:1" }] },
            },
        },
    })
}

/// Where `ledger-api` is found.
pub(crate) const LEDGER_API: &str = "/apis/apps/v1/namespaces/ledger/deployments/ledger-api";

/// Waits until the deployment is rolled over to its newest template, and answers it.
pub(crate) async fn rolled_over(client: &Client, replicas: i64) -> Value {
    eventually("a finished rollout", || async {
        let deployment = get(client, LEDGER_API).await.1;
        let status = &deployment["status"];
        let counts =
            ["replicas", "updatedReplicas", "availableReplicas"].map(|field| &status[field]);
        let done = counts.iter().all(|count| **count == replicas)
            && status["observedGeneration"] == deployment["metadata"]["generation"];
        done.then_some(deployment)
    })
    .await
}

/// A condition of an object.
pub(crate) fn condition(object: &Value, kind: &str) -> Value {
    let conditions = object["status"]["conditions"].as_array().into_iter().flatten();
    let mut conditions = conditions.filter(|condition| condition["type"] == kind);
    conditions.next().cloned().unwrap_or_default()
}

/// The items of a list.
pub(crate) async fn list(client: &Client, path: &str) -> Vec<Value> {
    let (code, list) = get(client, path).await;
    assert_eq!(code, 200, "{list}");
    list["items"].as_array().unwrap().clone()
}

/// A disruption budget over the pods of `ledger-api`.
pub(crate) fn budget(name: &str, least: i64) -> Value {
    json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": { "name": name, "namespace": "ledger" },
        "spec": { "minAvailable": least, "selector": { "matchLabels": { "app": "ledger-api" } } },
    })
}
