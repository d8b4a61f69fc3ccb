//! Nodes: reached through the platform's tenant, and by no way round it.

use std::time::Duration;

use domain::{
    actions::{ANSWER_MARGIN, Change},
    problem::ProblemCode,
};
use serde_json::{Value, json};

use crate::{asking::Signer, cluster::Says, world::World};

const DEADLINE: Duration = Duration::from_secs(30);

fn cordon(namespace: &str) -> Value {
    json!({
        "action": "cordon",
        "target": { "cluster": "demo", "namespace": namespace, "kind": "Node", "name": "node-1" },
        "reason": "its disk is dying",
    })
}

/// An approved request to cordon the node, and whoever may carry it out.
async fn approved(world: &World) -> (String, Signer) {
    let mut asks = world.signer("reliable").await;
    let asked = asks.browser.post("/api/v1/requests", cordon("kube-system")).await.done();
    let id = asked["id"].as_str().unwrap().to_owned();
    world.signer("second-reliable").await.decide(&id, "approve").await.done();
    (id, asks)
}

/// Where a request stands, and what was seen of its effect.
async fn stands(world: &World, id: &str) -> (String, Value) {
    let request = world.console.request(&world.actor("reliable"), id.parse().unwrap()).await;
    let view = serde_json::to_value(request.unwrap().view).unwrap();
    (view["state"].as_str().unwrap().to_owned(), view["outcome"]["verdict"]["effect"].clone())
}

#[tokio::test]
async fn the_owners_of_the_platform_see_the_nodes_and_nobody_else_does() {
    let world = World::new().await;
    let (mut reliable, _) = world.person("reliable").await;
    let nodes = reliable.get("/api/v1/tenants/demo/kube-system/nodes").await.done();
    assert_eq!(nodes["items"][0]["name"], "node-1");
    assert_eq!(nodes["items"][0]["status"], "Ready");
    assert_eq!(nodes["items"][0]["pods"], 2, "of whatever tenant");
    let node = reliable.get("/api/v1/tenants/demo/kube-system/nodes/node-1").await.done();
    assert_eq!((&node["cordoned"], &node["freshness"]["watch"]), (&json!(false), &json!("live")));
    let (mut engineer, _) = world.person("engineer").await;
    for path in ["kube-system/nodes", "kube-system/nodes/node-1", "checkout/nodes/node-1"] {
        let answer = engineer.get(&format!("/api/v1/tenants/demo/{path}")).await;
        assert_eq!(answer.code(), (404, "not_visible"), "{path}");
    }
    let own = engineer.get("/api/v1/tenants/demo/checkout/nodes").await.done();
    assert_eq!(own["items"], json!([]));
}

#[tokio::test]
async fn whoever_may_act_in_a_tenant_has_no_power_over_nodes_by_it() {
    let world = World::new().await;
    let (mut on_call, _) = world.person("on-call").await;
    for namespace in ["checkout", "kube-system", "nothing"] {
        let answer = on_call.post("/api/v1/requests", cordon(namespace)).await;
        assert_eq!(answer.code(), (404, "not_visible"), "{namespace}");
        let named = "kind=Node&name=node-1";
        let offers = format!("/api/v1/actions?cluster=demo&namespace={namespace}&{named}");
        assert_eq!(on_call.get(&offers).await.code(), (404, "not_visible"), "{namespace}");
    }
    assert_eq!(world.told("cordon", "requested").await, 0);
}

#[tokio::test]
async fn a_pod_is_no_node_and_a_node_no_pod() {
    let world = World::new().await;
    let (mut reliable, _) = world.person("reliable").await;
    for (action, kind) in [("restart-pod", "Node"), ("cordon", "Pod")] {
        let mut asked = cordon("kube-system");
        asked["action"] = action.into();
        asked["target"]["kind"] = kind.into();
        assert_eq!(reliable.post("/api/v1/requests", asked).await.status, 422, "{action} {kind}");
    }
}

#[tokio::test]
async fn a_node_is_cordoned_once_another_agreed() {
    let world = World::new().await;
    let (id, mut asks) = approved(&world).await;
    assert_eq!(asks.decide(&id, "execute").await.status, 202);
    world.heard_of("cordon", "accepted").await;
    let [sent] = &world.cluster.sent()[..] else { panic!("it is sent once") };
    let Change::Patch { patch, .. } = &sent.effect.change else { panic!("{:?}", sent.effect) };
    assert_eq!(*patch, json!({ "spec": { "unschedulable": true } }));
    assert_eq!(sent.scope.tenant.to_string(), "demo/kube-system");
    world.cluster.cordon();
    assert_eq!(world.settled().await, 1);
    assert_eq!(stands(&world, &id).await.0, "succeeded");
}

#[tokio::test]
async fn a_node_that_went_or_was_cordoned_by_somebody_else_voids_the_request() {
    for (stays, reason) in [(true, "changed"), (false, "gone")] {
        let world = World::new().await;
        let (id, mut asks) = approved(&world).await;
        let touch = asks.sign(&id, "execute").await;
        if stays {
            world.cluster.cordon();
        } else {
            world.cluster.lose_the_node();
        }
        let answer = asks.file(&id, "execute", &touch).await;
        assert_eq!(answer.code(), (409, "target_drifted"), "{reason}");
        assert_eq!(answer.body["drift"], reason);
        assert_eq!(stands(&world, &id).await.0, "void");
        assert!(world.cluster.sent().is_empty());
    }
}

#[tokio::test]
async fn of_a_cordon_whose_answer_was_lost_the_node_itself_tells() {
    for (cordoned, state, effect) in
        [(false, "failed", json!("none")), (true, "unknown", json!(null))]
    {
        let world = World::new().await;
        let (id, mut asks) = approved(&world).await;
        world.cluster.says(Says::Nothing);
        assert_eq!(asks.decide(&id, "execute").await.status, 202);
        while world.cluster.sent().is_empty() {
            tokio::task::yield_now().await;
        }
        if cordoned {
            world.cluster.cordon();
        }
        world.clock.advance(DEADLINE + ANSWER_MARGIN);
        assert_eq!(world.settled().await, 1);
        assert_eq!(stands(&world, &id).await, (state.to_owned(), effect));
    }
}

#[tokio::test]
async fn a_cordoned_node_is_offered_what_undoes_it() {
    let world = World::new().await;
    world.cluster.cordon();
    let offers = async |login| {
        let node = serde_json::from_value(cordon("kube-system")["target"].clone()).unwrap();
        world.console.offers(&world.actor(login), &node).await
    };
    let offered = offers("reliable").await.unwrap();
    let told: Vec<_> = offered
        .iter()
        .map(|offer| (offer.action.as_str(), offer.refusal.as_ref().map(|refusal| refusal.code)))
        .collect();
    let already = Some(ProblemCode::NothingToChange);
    assert_eq!(told, [("cordon", already), ("uncordon", None), ("drain", None)]);
    assert_eq!(offers("engineer").await.err().map(|it| it.code), Some(ProblemCode::NotVisible));
}
