//! The on-call and the approver before their browsers.

use std::time::Duration;

use axum::http::HeaderValue;
use person::{Authenticator, Browser};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::ground::{BUSY, NAMESPACE, QUIET};
use crate::bench::{
    Trouble,
    console::{Console, cookies_of},
    policy::CLUSTER,
};

/// How long pods may take to be ready.
const READY_WITHIN: Duration = Duration::from_mins(1);
/// Pods of both workloads.
const PODS: usize = 22;

/// Somebody with a browser and a passkey.
type Person = (Browser, Authenticator);

/// The people.
pub(super) struct People {
    on_call: Person,
    approver: Person,
}

impl People {
    pub(super) async fn enrol(console: &Console) -> Result<Self, Trouble> {
        let (on_call, approver) =
            (console.enrol("on-call").await?, console.enrol("approver").await?);
        Ok(Self { on_call, approver })
    }

    /// What the approver's browser sends to be known.
    pub(super) fn approver_cookies(&self) -> Result<HeaderValue, Trouble> {
        cookies_of(&self.approver.0)
    }

    /// Waits until all pods are ready, and names those of the busy workload.
    pub(super) async fn until_ready(&mut self) -> Result<Vec<String>, Trouble> {
        let began = Instant::now();
        loop {
            let ready = self.ready_pods().await;
            if ready.len() == PODS {
                return Ok(of_workload(ready, BUSY));
            }
            if began.elapsed() > READY_WITHIN {
                return Err(format!("{} of {PODS} pods became ready", ready.len()).into());
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// The pods that nothing is done to.
    pub(super) async fn quiet_pods(&mut self) -> Vec<String> {
        let ready = self.ready_pods().await;
        of_workload(ready, QUIET)
    }

    async fn ready_pods(&mut self) -> Vec<String> {
        let path = format!("/api/v1/tenants/{CLUSTER}/{NAMESPACE}/pods?limit=200");
        // Until the console has seen the tenant there is none.
        let pods = self.on_call.0.get(&path).await.body;
        let ready = |pod: &&Value| pod["status"] == "Running" && pod["ready"] == "1/1";
        let pods = pods["items"].as_array().into_iter().flatten().filter(ready);
        pods.filter_map(|pod| Some(pod["name"].as_str()?.to_owned())).collect()
    }

    /// The on-call asks for the restart of a pod.
    pub(super) async fn ask(&mut self, pod: &str) -> Result<String, Trouble> {
        let target =
            json!({ "cluster": CLUSTER, "namespace": NAMESPACE, "kind": "Pod", "name": pod });
        let request =
            json!({ "action": "restart-pod", "target": target, "reason": "it is measured" });
        let asked = self.on_call.0.post("/api/v1/requests", request).await.done();
        Ok(asked["id"].as_str().ok_or("a request has an id")?.to_owned())
    }

    /// The approver approves.
    pub(super) async fn approve(&mut self, id: &str) {
        let mut decision = touch(&mut self.approver, id, "approve").await;
        decision["decision"] = "approve".into();
        self.approver.0.post(&path(id, "decisions"), decision).await.done();
    }

    /// The on-call's touch for the execution.
    pub(super) async fn touch(&mut self, id: &str) -> Value {
        touch(&mut self.on_call, id, "execute").await
    }

    /// The on-call executes.
    pub(super) async fn execute(&mut self, id: &str, touch: Value) {
        self.on_call.0.post(&path(id, "execution"), touch).await.done();
    }
}

async fn touch((browser, passkey): &mut Person, id: &str, decision: &str) -> Value {
    let asked = json!({ "decision": decision });
    let options = browser.post(&path(id, "signature-options"), asked).await.done();
    json!({ "credential": passkey.touch(&options) })
}

fn path(id: &str, last: &str) -> String {
    format!("/api/v1/requests/{id}/{last}")
}

fn of_workload(mut pods: Vec<String>, name: &str) -> Vec<String> {
    pods.retain(|pod| pod.starts_with(name));
    pods
}
