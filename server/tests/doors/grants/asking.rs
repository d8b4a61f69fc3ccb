//! Asking for a role, and deciding about it.

use std::time::Duration;

use domain::{
    grants::{ClusterRole, GrantableRole},
    testkit,
};
use serde_json::{Value, json};

use super::scene::{TTL, cluster_role, shell, wish};
use crate::world::World;

fn with(field: &str, value: impl Into<Value>) -> Value {
    let mut wish = wish();
    wish[field] = value.into();
    wish
}

#[tokio::test]
async fn the_roles_of_a_tenant_are_told_with_what_they_reach() {
    let world = World::with_roles(1).await;
    let mut engineer = world.signer("engineer").await;
    let path = "/api/v1/grantable-roles?cluster=demo&namespace=checkout";
    let roles = engineer.browser.get(path).await.done();
    let [role] = roles["items"].as_array().unwrap().as_slice() else { panic!("one: {roles}") };
    assert_eq!((&role["name"], &role["risk"]), (&json!("debug"), &json!("reaches-secrets")));
    assert_eq!((&role["longest_seconds"], &role["refusal"]), (&json!(7200), &json!(null)));

    let path = "/api/v1/grantable-roles/debug?cluster=demo&namespace=checkout";
    let review = engineer.browser.get(path).await.done();
    assert_eq!(review["added"][0]["resource"], "pods/exec");
    assert_eq!(review["approvers"], json!(["on-call", "owner", "second", "third"]));
    assert_eq!(review["holders"], json!([]));

    let mut outsider = world.signer("outsider").await;
    let hidden = outsider.browser.get(path).await;
    assert_eq!(hidden.code(), (404, "not_visible"));
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_said_with_its_bounds_and_leaves_nothing() {
    let world = World::with_roles(1).await;
    let mut engineer = world.signer("engineer").await;
    for seconds in [0, -1, 59, 7201, i64::MAX, i64::MIN] {
        let refused = engineer.browser.post("/api/v1/grants", with("ttl_seconds", seconds)).await;
        assert_eq!(refused.code(), (422, "ttl_out_of_bounds"), "{seconds}");
        let bounds = (&refused.body["shortest_seconds"], &refused.body["longest_seconds"]);
        assert_eq!(bounds, (&json!("60"), &json!("7200")));
    }
    for (field, value, code) in [
        ("ttl_seconds", json!("an hour"), (422, "malformed")),
        ("reason", json!(" "), (422, "reason_missing")),
        ("role", json!("cluster-admin"), (403, "refused")),
        ("namespace", json!("ledger"), (404, "not_visible")),
        ("namespace", json!("nowhere"), (404, "not_visible")),
        ("surprise", json!(1), (422, "malformed")),
    ] {
        let refused = engineer.browser.post("/api/v1/grants", with(field, value)).await;
        assert_eq!(refused.code(), code, "{field}");
    }
    let own = engineer.browser.get("/api/v1/grants").await.done();
    assert_eq!(own["items"], json!([]));
    assert_eq!(world.told_of_grants().await, ["refused"], "the rules' refusal is written down");
}

#[tokio::test]
async fn a_role_that_can_never_be_granted_is_refused_whatever_the_policy_lists() {
    let world = World::with_roles(1).await;
    let mut engineer = world.signer("engineer").await;
    let mut wild = shell();
    wild.rules[0].verbs = ["*".to_owned()].into();
    for (role, why) in [
        (Some(wild), "wildcard"),
        (Some(ClusterRole { aggregated: true, ..shell() }), "aggregated"),
        (None, "missing"),
    ] {
        world.cluster.grants.define(&cluster_role(), role);
        let refused = engineer.browser.post("/api/v1/grants", wish()).await;
        assert_eq!(refused.code(), (409, "role_unfit"));
        assert_eq!(refused.body["why"], why);
    }
    assert_eq!(world.told_of_grants().await, ["refused"; 3]);
}

#[tokio::test]
async fn nobody_gives_a_role_to_themself_and_whoever_has_no_say_to_nobody() {
    let world = World::with_roles(1).await;
    let mut on_call = world.signer("on-call").await;
    let asked = on_call.browser.post("/api/v1/grants", wish()).await.done();
    let id = asked["id"].as_str().unwrap();
    assert_eq!((&asked["may"], &asked["may_return"]), (&json!([]), &json!(true)));
    let path = format!("/api/v1/grants/{id}/signature-options");
    let approve = json!({ "decision": "approve" });
    let own = on_call.browser.post(&path, approve.clone()).await;
    assert_eq!(own.code(), (403, "own_request"));
    let mut engineer = world.signer("engineer").await;
    assert_eq!(engineer.browser.post(&path, approve.clone()).await.code(), (403, "refused"));
    let mut outsider = world.signer("outsider").await;
    assert_eq!(outsider.browser.post(&path, approve).await.code(), (404, "not_visible"));
    let execute = json!({ "decision": "execute" });
    assert_eq!(engineer.browser.post(&path, execute).await.code(), (422, "malformed"));
    assert_eq!(world.cluster.grants.made(), 0);
}

#[tokio::test]
async fn a_touch_for_something_else_gives_nothing() {
    let (world, id, mut engineer) = World::with_wish(1).await;
    let other = engineer.browser.post("/api/v1/grants", wish()).await.done();
    let mut owner = world.signer("owner").await;
    let denial = owner.sign_grant(&id, "deny").await;
    let swapped = owner.file_grant(&id, "approve", &denial).await;
    assert_eq!(swapped.code(), (422, "other_decision"));
    let of_another = owner.sign_grant(other["id"].as_str().unwrap(), "approve").await;
    assert_eq!(owner.file_grant(&id, "approve", &of_another).await.code(), (422, "other_decision"));
    let request = world.asked_by("on-call").await;
    let of_request = owner.sign(&request, "approve").await;
    assert_eq!(owner.file_grant(&id, "approve", &of_request).await.code(), (422, "other_decision"));
    let own = engineer.browser.get(&format!("/api/v1/grants/{id}")).await.done();
    assert_eq!((&own["state"], world.cluster.grants.made()), (&json!("pending"), 0));
}

#[tokio::test]
async fn an_approver_who_says_no_says_why_and_ends_it() {
    let (world, id, mut engineer) = World::with_wish(1).await;
    let denied = world.signer("owner").await.decide_grant(&id, "deny").await.done();
    assert_eq!(
        (&denied["state"], &denied["denial"]["person"]),
        (&json!("denied"), &json!("owner"))
    );
    let late = world.signer("second").await.browser;
    let mut late = late;
    let path = format!("/api/v1/grants/{id}/signature-options");
    let refused = late.post(&path, json!({ "decision": "approve" })).await;
    assert_eq!(refused.code(), (409, "wrong_state"));
    let again = engineer.browser.post(&format!("/api/v1/grants/{id}/return"), json!({})).await;
    assert_eq!(again.code(), (409, "wrong_state"));
    assert_eq!(world.told_of_grants().await, ["requested", "denied"]);
}

#[tokio::test]
async fn a_role_that_was_changed_since_is_void_before_anybody_signs_for_it() {
    for role in [None, Some("another-uid"), Some("role-uid")] {
        let (world, id, _) = World::with_wish(1).await;
        let mut now = shell();
        now.rules[0].verbs.insert("get".to_owned());
        let now = role.map(|uid| ClusterRole { uid: uid.to_owned(), ..now });
        world.cluster.grants.define(&cluster_role(), now);
        let mut owner = world.signer("owner").await;
        let path = format!("/api/v1/grants/{id}/signature-options");
        let drifted = owner.browser.post(&path, json!({ "decision": "approve" })).await;
        assert_eq!(drifted.code(), (409, "target_drifted"));
        let void = owner.grant(&id).await;
        assert_eq!((&void["state"], &void["void"]), (&json!("void"), &json!("role_changed")));
    }
}

#[tokio::test]
async fn what_changes_between_the_touch_and_its_filing_voids_it_too() {
    let (world, id, _) = World::with_wish(1).await;
    let mut owner = world.signer("owner").await;
    let touch = owner.sign_grant(&id, "approve").await;
    world.cluster.grants.define(&cluster_role(), None);
    assert_eq!(owner.file_grant(&id, "approve", &touch).await.code(), (409, "target_drifted"));
    assert_eq!(world.cluster.grants.made(), 0);
}

#[tokio::test]
async fn a_policy_that_became_stricter_is_meant_for_what_waits_too() {
    let stricter: [fn(&mut GrantableRole); 2] = [
        |role| role.asking = testkit::approvals(2),
        |role| role.longest = TTL.saturating_sub(Duration::from_secs(1)),
    ];
    for amend in stricter {
        let (world, id, _) = World::with_wish(1).await;
        world.policy.amend(|policy| amend(&mut policy.roles.0[0]));
        world.console.enforce_policy().await.unwrap();
        let mut owner = world.signer("owner").await;
        let path = format!("/api/v1/grants/{id}/signature-options");
        let short = owner.browser.post(&path, json!({ "decision": "approve" })).await;
        assert_eq!(short.code(), (409, "target_drifted"));
        assert_eq!(owner.grant(&id).await["state"], "void");
    }
}

#[tokio::test]
async fn what_the_console_or_its_approver_does_not_see_now_neither_begins_nor_is_void() {
    let blinds: [fn(&World); 2] =
        [|world| world.cluster.is_away(true), |world| world.cluster.fall_silent()];
    for blind in blinds {
        let (world, id, _) = World::with_wish(1).await;
        let mut owner = world.signer("owner").await;
        let touch = owner.sign_grant(&id, "approve").await;
        blind(&world);
        let path = format!("/api/v1/grants/{id}/signature-options");
        let unseen = owner.browser.post(&path, json!({ "decision": "approve" })).await;
        assert_eq!(unseen.code(), (503, "cluster_unavailable"));
        let unseen = owner.file_grant(&id, "approve", &touch).await;
        assert_eq!(unseen.code(), (503, "cluster_unavailable"));
        world.cluster.is_away(false);
        world.cluster.speak_again();
        assert_eq!(owner.grant(&id).await["state"], "pending");
        assert_eq!(world.cluster.grants.made(), 0);
    }
}

#[tokio::test]
async fn whoever_decides_weighs_what_it_adds_and_what_became_of_it_last_time() {
    let (world, first, mut engineer) = World::with_holder().await;
    let path = format!("/api/v1/grants/{first}/kubeconfig");
    engineer.browser.post(&path, json!({})).await.done();
    world.clock.advance(TTL / 2);
    engineer.return_to_work().await;
    engineer.browser.post(&format!("/api/v1/grants/{first}/return"), json!({})).await.done();
    world.grants_looked_after().await;
    let again = engineer.browser.post("/api/v1/grants", wish()).await.done();
    let id = again["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/grants/{id}/weighing");
    let mut second = world.signer("second").await;
    let weighed = second.browser.get(&path).await.done();
    assert_eq!(weighed["added"][0]["resource"], "pods/exec");
    assert_eq!(weighed["holders"], json!([]));
    let last = &weighed["last"];
    assert_eq!(
        (&last["grant"], &last["tokens"], &last["reason"]),
        (&json!(first), &json!(1), &json!("returned"))
    );
    let asking = "/api/v1/grantable-roles/debug?cluster=demo&namespace=checkout";
    let asking = engineer.browser.get(asking).await.done();
    assert_eq!(asking["last"], *last, "whoever asks is told the same");

    second.decide_grant(&id, "deny").await.done();
    assert_eq!(second.browser.get(&path).await.code(), (409, "wrong_state"));
    let mut outsider = world.signer("outsider").await;
    assert_eq!(outsider.browser.get(&path).await.code(), (404, "not_visible"));
}

#[tokio::test]
async fn who_holds_it_is_told_and_what_one_may_do_already_is_none_of_what_it_adds() {
    let (world, _, _) = World::with_holder().await;
    let mut on_call = world.signer("on-call").await;
    let path = "/api/v1/grantable-roles/debug?cluster=demo&namespace=checkout";
    let review = on_call.browser.get(path).await.done();
    assert_eq!(review["holders"][0]["login"], "engineer");
    assert_eq!(review["added"][0]["resource"], "pods/exec");
    let id = world.role_wished_by("on-call").await;
    let weighing = format!("/api/v1/grants/{id}/weighing");
    let mut second = world.signer("second").await;
    let weighed = second.browser.get(&weighing).await.done();
    assert_eq!(
        (&weighed["holders"][0]["login"], &weighed["added"][0]["resource"]),
        (&json!("engineer"), &json!("pods/exec"))
    );

    world.cluster.grants.lets(shell().rules);
    assert_eq!(on_call.browser.get(path).await.done()["added"], json!([]));
    assert_eq!(second.browser.get(&weighing).await.done()["added"], json!([]));
}
