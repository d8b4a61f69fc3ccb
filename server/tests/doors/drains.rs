//! Draining a node: it reaches tenants that neither requester nor approver may see, and tells of them in numbers only.

use std::time::Duration;

use domain::{
    actions::{ANSWER_MARGIN, Change},
    audit::Entry,
};
use serde_json::{Value, json};

use crate::{asking::Signer, cluster::Says, world::World};

const DEADLINE: Duration = Duration::from_secs(30);
const SETTLE_WITHIN: Duration = Duration::from_mins(5);

/// Nobody of the platform may see these, and a pod of each is on the node.
const ELSEWHERE: [&str; 3] = ["checkout", "ledger", "api-0"];

fn drain() -> Value {
    json!({
        "action": "drain",
        "target": { "cluster": "demo", "namespace": "kube-system", "kind": "Node", "name": "node-1" },
        "parameters": { "at_once": 5, "local_data": "stay", "unmanaged": "stay" },
        "reason": "its disk is dying",
    })
}

fn tells_nothing_of_elsewhere(what: &str, told: &Value) {
    let text = told.to_string();
    for name in ELSEWHERE {
        assert!(!text.contains(name), "{what} tells of {name}: {text}");
    }
}

impl World {
    /// A world with a request to drain the node that was approved, and whoever may carry it out.
    async fn with_drain() -> (Self, String, Signer) {
        let world = Self::new().await;
        let mut asks = world.signer("reliable").await;
        let asked = asks.browser.post("/api/v1/requests", drain()).await.done();
        tells_nothing_of_elsewhere("the answer", &asked);
        let id = asked["id"].as_str().unwrap().to_owned();
        world.signer("second-reliable").await.decide(&id, "approve").await.done();
        (world, id, asks)
    }

    /// The same, its word given and the node cordoned.
    async fn draining() -> (Self, String, Signer) {
        let (world, id, mut asks) = Self::with_drain().await;
        asks.decide(&id, "execute").await.done();
        world.heard_of("drain", "accepted").await;
        world.cluster.cordon();
        (world, id, asks)
    }

    async fn waves(&self) -> usize {
        self.console.advance_waves().await.unwrap()
    }

    async fn drain_told(&self, outcome: &str) -> Vec<Entry> {
        let entries = self.entries().await;
        let of_it =
            |entry: &Entry| entry.action.as_str() == "drain" && entry.outcome.as_str() == outcome;
        entries.into_iter().rev().filter(of_it).collect()
    }
}

#[tokio::test]
async fn the_node_is_cordoned_before_its_pods_go_and_each_tenant_has_its_entry() {
    let (world, id, _) = World::draining().await;
    let [first] = &world.cluster.sent()[..] else { panic!("one call") };
    let Change::Patch { patch, .. } = &first.effect.change else { panic!("{first:?}") };
    assert_eq!(*patch, json!({"spec": {"unschedulable": true}}));
    assert_eq!(world.cluster.evicted().len(), 0);
    assert_eq!(world.waves().await, 1);
    let tenants = |entries: &[Entry]| {
        entries.iter().map(|entry| entry.tenant.as_ref().unwrap().to_string()).collect::<Vec<_>>()
    };
    let expected = ["demo/kube-system", "demo/checkout", "demo/ledger"];
    for outcome in ["wave_intended", "wave_answered"] {
        let told = world.drain_told(outcome).await;
        assert_eq!(tenants(&told), expected);
        let pods = |entry: &Entry| entry.detail["pods"].as_array().unwrap().len();
        assert_eq!(told.iter().map(pods).collect::<Vec<_>>(), [0, 1, 1], "{told:?}");
    }
    let evicted = world.cluster.evicted();
    assert_eq!(evicted.len(), 2);
    assert!(evicted.iter().all(|(scope, _)| scope.tenant.to_string() == "demo/kube-system"));
    world.cluster.replace_the_evicted_elsewhere();
    assert_eq!(world.waves().await, 1);
    assert_eq!(world.drain_told("succeeded").await.len(), 1);
    let view = asked_about(&world, &id).await;
    assert_eq!(view["state"], "succeeded");
}

async fn asked_about(world: &World, id: &str) -> Value {
    let mut reader = world.person("third-reliable").await.0;
    let view = reader.get(&format!("/api/v1/requests/{id}")).await.done();
    tells_nothing_of_elsewhere("the request", &view);
    let list = reader.get("/api/v1/requests").await.done();
    tells_nothing_of_elsewhere("the list", &list);
    view
}

#[tokio::test]
async fn tenants_that_may_not_be_seen_are_told_in_numbers() {
    let (world, id, mut asks) = World::with_drain().await;
    let view = asked_about(&world, &id).await;
    let radius = &view["preview"]["blast_radius"];
    assert_eq!(radius["unseen"], json!({"tenants": 2, "pods": 2}));
    let path = format!("/api/v1/requests/{id}");
    let now = asks.browser.get(&path).await.done();
    tells_nothing_of_elsewhere("what would happen now", &now);
    assert_eq!(now["now"]["blast_radius"]["unseen"], json!({"tenants": 2, "pods": 2}));
    let options = asks.options(&id, "execute").await.done();
    tells_nothing_of_elsewhere("what is signed", &options);
}

#[tokio::test]
async fn pods_that_never_went_are_told_in_numbers_where_they_may_not_be_seen() {
    let (world, id, _) = World::draining().await;
    world.clock.advance(SETTLE_WITHIN);
    assert_eq!(world.waves().await, 1);
    let view = asked_about(&world, &id).await;
    let reason = &view["outcome"]["verdict"]["reason"];
    assert_eq!(*reason, json!({"finding": "pods_stay", "pods": [], "unseen": 2}));
    let failed = world.drain_told("failed").await;
    let told = failed[0].detail["outcome"].to_string();
    assert!(told.contains("checkout") && told.contains("ledger"), "the log tells all: {told}");
}

#[tokio::test]
async fn what_the_cluster_says_of_pods_that_may_not_be_seen_is_not_told() {
    let (world, id, _) = World::draining().await;
    world.cluster.says(Says::No);
    assert_eq!(world.waves().await, 1);
    assert_eq!(world.waves().await, 1);
    let view = asked_about(&world, &id).await;
    let hidden = json!({"finding": "pod_refused", "namespace": null, "message": ""});
    assert_eq!(view["outcome"]["verdict"]["reason"], hidden);
}

#[tokio::test]
async fn ones_own_history_tells_nothing_of_tenants_that_may_not_be_seen() {
    let (world, _, mut asks) = World::draining().await;
    assert_eq!(world.waves().await, 1);
    world.clock.advance(SETTLE_WITHIN);
    assert_eq!(world.waves().await, 1);
    let own = asks.browser.get("/api/v1/entries?limit=200").await.done();
    assert!(own["items"].as_array().unwrap().len() > 3, "{own}");
    tells_nothing_of_elsewhere("one's own history", &own);
}

#[tokio::test]
async fn a_node_that_somebody_opens_again_is_drained_no_further() {
    let (world, id, _) = World::draining().await;
    assert_eq!(world.waves().await, 1);
    world.cluster.uncordon();
    assert_eq!(world.waves().await, 1);
    let view = asked_about(&world, &id).await;
    assert_eq!(view["outcome"]["verdict"]["reason"]["finding"], "overwritten");
}

#[tokio::test]
async fn of_a_cordon_whose_answer_was_lost_the_node_tells_whether_pods_may_go() {
    for cordoned in [false, true] {
        let (world, id, mut asks) = World::with_drain().await;
        world.cluster.says(Says::Nothing);
        asks.decide(&id, "execute").await.done();
        while world.cluster.sent().is_empty() {
            tokio::task::yield_now().await;
        }
        world.cluster.says(Says::Yes);
        if cordoned {
            world.cluster.cordon();
        }
        assert_eq!(world.waves().await, 0, "the call may arrive yet");
        world.clock.advance(DEADLINE + ANSWER_MARGIN);
        assert_eq!(world.settled().await, usize::from(!cordoned));
        assert_eq!(world.waves().await, usize::from(cordoned));
        assert_eq!(world.cluster.evicted().len(), if cordoned { 2 } else { 0 });
    }
}

#[tokio::test]
async fn a_pod_that_came_since_is_told_and_stays() {
    let (world, _, mut asks) = World::with_drain().await;
    world.cluster.recreate();
    let asked = world.drain_told("requested").await;
    let id = asked[0].request.unwrap().to_string();
    asks.decide(&id, "execute").await.done();
    world.heard_of("drain", "accepted").await;
    world.cluster.cordon();
    assert_eq!(world.waves().await, 1);
    let evicted: Vec<_> = world.cluster.evicted().into_iter().map(|(_, pod)| pod).collect();
    let namespaces: Vec<_> = evicted.iter().map(|pod| pod.namespace.as_str()).collect();
    assert_eq!(namespaces, ["ledger"], "that of checkout is another by now");
}
