//! What may be done to a target, and why not.

use serde_json::json;

use crate::world::World;

const POD: &str = "/api/v1/actions?cluster=demo&namespace=checkout&kind=Pod&name=api-0";

#[tokio::test]
async fn whoever_may_ask_is_offered_and_whoever_may_not_is_told_why() {
    let world = World::new().await;
    let (mut on_call, _) = world.person("on-call").await;
    let offered = on_call.get(POD).await.done();
    let [offer] = &offered["items"].as_array().unwrap()[..] else { panic!("{offered}") };
    assert_eq!((&offer["action"], &offer["refusal"]), (&json!("restart-pod"), &json!(null)));
    assert_eq!(offer["approvals_needed"], 1);
    let (mut engineer, _) = world.person("engineer").await;
    let refused = engineer.get(POD).await.done();
    assert_eq!(refused["items"][0]["refusal"]["code"], "refused");
    assert_eq!(refused["items"][0]["refusal"]["facts"]["act"], "ask restart-pod");
}

#[tokio::test]
async fn a_kind_alone_tells_what_there_is_for_it() {
    let world = World::new().await;
    let (mut engineer, _) = world.person("engineer").await;
    let pods = engineer.get("/api/v1/actions?kind=Pod").await.done();
    assert_eq!(pods["items"][0]["action"], "restart-pod");
    let unlisted = engineer.get("/api/v1/actions?kind=CronJob").await.done();
    assert_eq!(unlisted["items"], json!([]), "what actions.toml does not list is not offered");
}

#[tokio::test]
async fn what_names_no_target_is_malformed() {
    let world = World::new().await;
    let (mut engineer, _) = world.person("engineer").await;
    for (query, field) in [
        ("", "kind"),
        ("?kind=Secret", "kind"),
        ("?kind=Pod&name=api-0", "cluster"),
        ("?kind=Pod&cluster=demo&namespace=checkout", "name"),
        ("?kind=Pod&cluster=demo&namespace=NO%20SPACE&name=api-0", "namespace"),
    ] {
        let answer = engineer.get(&format!("/api/v1/actions{query}")).await;
        assert_eq!(answer.code(), (422, "malformed"), "{query}");
        assert_eq!(answer.body["field"], field, "{query}");
    }
}
