//! Declaring an emergency.

use domain::audit::EntryAction;
use serde_json::json;

use super::scene::{PATIENCE, emergency};
use crate::world::World;

#[tokio::test]
async fn who_could_approve_and_who_is_on_call_is_part_of_what_will_be_signed() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let declared = on_call.browser.post("/api/v1/break-glass", emergency()).await.done();
    let asked = &declared["declaration"];
    assert_eq!(asked["asked"], json!(["owner", "second", "third"]), "nobody asks themself");
    assert_eq!(asked["on_call"], json!(["on-call", "reliable", "second"]));
    assert_eq!(declared["alone_from"], world.console.now().plus(PATIENCE).to_string());
    assert_eq!((&declared["state"], &declared["may_open"]), (&json!("pending"), &json!(true)));
    assert_eq!(world.held(), (0, 0), "nothing is opened");
    let told = world.entries_about(EntryAction::BreakGlass).await;
    assert_eq!(told[0].detail["body"]["declaration"], *asked);
    assert_eq!(told[0].detail["digest"], declared["digest"]);
}

#[tokio::test]
async fn whoever_no_rule_lets_break_glass_declares_nothing() {
    let world = World::at_night().await;
    let mut owner = world.signer("owner").await;
    let refused = owner.browser.post("/api/v1/break-glass", emergency()).await;
    assert_eq!(refused.code(), (403, "refused"));
    assert_eq!(world.told_at_night().await, ["refused"]);
    let mut outsider = world.signer("outsider").await;
    let hidden = outsider.browser.post("/api/v1/break-glass", emergency()).await;
    assert_eq!(hidden.code(), (404, "not_visible"));
}

#[tokio::test]
async fn without_the_table_nobody_breaks_glass() {
    let world = World::with_roles(1).await;
    let mut on_call = world.signer("on-call").await;
    let refused = on_call.browser.post("/api/v1/break-glass", emergency()).await;
    assert_eq!(refused.code(), (403, "refused"));
    assert_eq!(refused.body["rule"], "no-break-glass-in-roles.toml");
    let offer = "/api/v1/break-glass/offer?cluster=demo&namespace=checkout";
    assert_eq!(on_call.browser.get(offer).await.code(), (403, "refused"));
}

#[tokio::test]
async fn what_is_written_is_checked_and_names_its_field() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    for (field, value, expected) in [
        ("broken", json!(" "), (422, "reason_missing")),
        ("intent", json!(""), (422, "malformed")),
        ("incident", json!("x".repeat(201)), (422, "malformed")),
        ("ttl_seconds", json!(0), (422, "ttl_out_of_bounds")),
        ("ttl_seconds", json!(-1), (422, "ttl_out_of_bounds")),
        ("ttl_seconds", json!(30 * 60 + 1), (422, "ttl_out_of_bounds")),
        ("role", json!("nothing"), (403, "refused")),
    ] {
        let mut wish = emergency();
        wish[field] = value.clone();
        let answer = on_call.browser.post("/api/v1/break-glass", wish).await;
        assert_eq!(answer.code(), expected, "{field}: {value}");
        if expected.1 == "malformed" {
            assert_eq!(answer.body["field"], field);
        }
    }
}

#[tokio::test]
async fn the_offer_tells_how_it_goes_before_anything_is_declared() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let offer = "/api/v1/break-glass/offer?cluster=demo&namespace=checkout";
    let offer = on_call.browser.get(offer).await.done();
    assert_eq!(offer["patience_seconds"], PATIENCE.as_secs());
    assert_eq!(offer["approvers"], json!(["owner", "second", "third"]));
    assert_eq!(offer["roles"][0]["longest_seconds"], 30 * 60);
    assert_eq!(
        (&offer["alone_closed"], &offer["is_anybody_told"]),
        (&json!(null), &json!(false)),
        "nobody is told outside, and that is said"
    );
}
