//! Opening a session: alone, or with an approver.

use std::time::Duration;

use domain::{audit::EntryAction, testkit::GrantAnswer};
use serde_json::json;

use super::scene::{PATIENCE, TTL, WITHIN, emergency};
use crate::{policy::login, world::World};

#[tokio::test]
async fn alone_at_night_with_a_touch_and_never_without_a_review() {
    let (world, id, mut on_call) = World::with_session().await;
    let session = on_call.session(&id).await;
    assert_eq!((&session["state"], &session["is_alone"]), (&json!("active"), &json!(true)));
    assert_eq!(session["ends_at"], world.console.now().plus(TTL).to_string());
    assert_eq!(world.held(), (1, 1));
    assert_eq!(world.told_at_night().await, ["requested", "opened", "given"]);
    let review = on_call.review(&id).await;
    assert_eq!((&review["state"], &review["person"]), (&json!("live"), &json!("on-call")));
    let opened = world.entries_about(EntryAction::BreakGlass).await;
    let signature = &opened[1].detail["signature"]["commitment"];
    assert_eq!(signature["digest"], session["digest"]);
    assert_eq!(
        (&signature["purpose"], &signature["decision"]),
        (&json!("break-glass"), &json!("open"))
    );
}

#[tokio::test]
async fn approvers_have_their_time_first_and_one_of_them_is_enough() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    let early = on_call.open(&id).await;
    assert_eq!(early.code(), (403, "patience"));
    assert_eq!(early.body["left_seconds"], PATIENCE.as_secs().to_string());
    world.signer("owner").await.decide_grant(&id, "approve").await.done();
    world.heard_of("break-glass", "given").await;
    let session = on_call.session(&id).await;
    assert_eq!((&session["state"], &session["is_alone"]), (&json!("active"), &json!(false)));
    assert_eq!(on_call.review(&id).await["is_alone"], false, "it is reviewed all the same");
}

#[tokio::test]
async fn once_nobody_answered_it_is_opened_alone() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    world.clock.advance(PATIENCE);
    on_call.return_to_work().await;
    on_call.open(&id).await.done();
    world.heard_of("break-glass", "given").await;
    assert_eq!(world.held(), (1, 1));
}

#[tokio::test]
async fn nobody_opens_another_persons() {
    let world = World::at_night().await;
    let id = world.signer("on-call").await.declares().await;
    let mut second = world.signer("second").await;
    assert_eq!(second.open(&id).await.code(), (403, "not_requester"));
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn a_touch_for_one_session_opens_no_other_and_opens_once() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let one = on_call.declares().await;
    let options = on_call.opening_options(&one).await.done();
    let credential = on_call.authenticator.touch(&options);
    on_call.take_back(&one).await;
    let other = on_call.declares().await;
    let crossed = on_call.file_opening(&other, &credential).await;
    assert_eq!(crossed.code(), (422, "other_decision"));
    assert_eq!(on_call.file_opening(&other, &credential).await.code(), (410, "ceremony_expired"));
    on_call.open(&other).await.done();
    assert_eq!(on_call.open(&other).await.code(), (409, "wrong_state"));
}

#[tokio::test]
async fn nobody_approves_their_own_session_and_opening_it_is_no_other_decision() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    let path = format!("/api/v1/grants/{id}/signature-options");
    let own = on_call.browser.post(&path, json!({ "decision": "approve" })).await;
    assert_eq!(own.code(), (403, "own_request"));
    let options = on_call.opening_options(&id).await.done();
    let touch = on_call.authenticator.touch(&options);
    let filed = on_call.file_grant(&id, "approve", &touch).await;
    assert_eq!(filed.code(), (403, "own_request"));
    let path = format!("/api/v1/break-glass/{id}/signature-options");
    let wrong = on_call.browser.post(&path, json!({ "decision": "approve" })).await;
    assert_eq!(wrong.code(), (422, "malformed"));
}

#[tokio::test]
async fn one_session_alone_at_a_time() {
    let (world, _, mut on_call) = World::with_session().await;
    let other = on_call.declares().await;
    let second = on_call.open(&other).await;
    assert_eq!((second.code(), &second.body["why"]), ((403, "solo_closed"), &json!("live")));
    let closed = on_call.session(&other).await;
    assert_eq!((&closed["alone_closed"], &closed["may_open"]), (&json!("live"), &json!(false)));
    world.signer("owner").await.decide_grant(&other, "approve").await.done();
    world.heard_of("break-glass", "given").await;
    assert_eq!(
        on_call.session(&other).await["is_alone"],
        json!(false),
        "with an approver it is open"
    );
}

#[tokio::test]
async fn one_declaration_at_a_time_asks_for_attention() {
    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    let again = on_call.browser.post("/api/v1/break-glass", emergency()).await;
    assert_eq!((again.code(), &again.body["session"]), ((409, "declared_already"), &json!(id)));
    on_call.take_back(&id).await;
    on_call.declares().await;
}

#[tokio::test]
async fn an_approver_who_said_no_did_answer() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let denied = on_call.declares().await;
    world.signer("owner").await.decide_grant(&denied, "deny").await.done();
    let again = on_call.declares().await;
    let refused = on_call.open(&again).await;
    assert_eq!((refused.code(), &refused.body["why"]), ((403, "solo_closed"), &json!("denied")));
    on_call.take_back(&again).await;
    world.clock.advance(Duration::from_hours(1));
    on_call.return_to_work().await;
    on_call.breaks_glass().await;
}

#[tokio::test]
async fn a_policy_that_became_stricter_meets_what_was_declared() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    world.allow_break_glass(false).await;
    assert_eq!(on_call.open(&id).await.code(), (403, "patience"));
    world.policy.amend(|policy| policy.break_glass = None);
    world.console.enforce_policy().await.unwrap();
    assert_eq!(on_call.open(&id).await.code(), (403, "refused"));
}

#[tokio::test]
async fn what_somebody_owes_elsewhere_is_for_nobody_else_to_know() {
    let (world, _, mut on_call) = World::with_session().await;
    let other = on_call.declares().await;
    assert_eq!(on_call.session(&other).await["alone_closed"], "live");
    assert_eq!(world.signer("engineer").await.session(&other).await["alone_closed"], json!(null));
}

#[tokio::test]
async fn an_overdue_account_closes_it_until_it_is_filed() {
    let (world, first, mut on_call) = World::with_review().await;
    world.clock.advance(WITHIN);
    on_call.return_to_work().await;
    let next = on_call.declares().await;
    let refused = on_call.open(&next).await;
    assert_eq!(
        (refused.code(), &refused.body["why"]),
        ((403, "solo_closed"), &json!("account_overdue"))
    );
    on_call.tell(&first).await.done();
    on_call.open(&next).await.done();
}

#[tokio::test]
async fn two_unreviewed_sessions_close_it_until_one_is_judged() {
    let (world, first, mut on_call) = World::with_review().await;
    let second = on_call.breaks_glass().await;
    on_call.close(&second).await.done();
    world.followed().await;
    let third = on_call.declares().await;
    let refused = on_call.open(&third).await;
    assert_eq!(
        (refused.code(), &refused.body["why"]),
        ((403, "solo_closed"), &json!("unreviewed"))
    );
    world.signer("owner").await.judge(&first, "justified").await.done();
    on_call.open(&third).await.done();
}

#[tokio::test]
async fn a_role_that_changed_since_it_was_declared_is_not_opened() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    let mut more = crate::grants::shell();
    more.rules[0].verbs.insert("get".to_owned());
    world.cluster.grants.define(&crate::grants::cluster_role(), Some(more));
    assert_eq!(on_call.open(&id).await.code(), (409, "target_drifted"));
    assert_eq!(on_call.session(&id).await["state"], "void");
}

#[tokio::test]
async fn a_declaration_runs_out() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    world.clock.advance(Duration::from_hours(1));
    on_call.return_to_work().await;
    assert_eq!(on_call.open(&id).await.code(), (410, "request_expired"));
}

#[tokio::test]
async fn whoever_is_no_longer_on_call_opens_nothing_that_they_declared() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    world.policy.amend(|policy| {
        let person = policy.people.get_mut(&login("on-call")).unwrap();
        let roles = ["none".to_owned()].into();
        *person = domain::policy::Person { roles, ..person.as_ref().clone() }.into();
    });
    world.console.enforce_policy().await.unwrap();
    assert_eq!(on_call.open(&id).await.code(), (403, "refused"));
}

#[tokio::test]
async fn a_locked_person_opens_nothing() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let id = on_call.declares().await;
    let options = on_call.opening_options(&id).await.done();
    let credential = on_call.authenticator.touch(&options);
    world.console.lock(&world.actor("admin"), &login("on-call")).await.unwrap();
    assert_eq!(on_call.file_opening(&id, &credential).await.status, 401);
    assert_eq!(world.held(), (0, 0));
}

#[tokio::test]
async fn what_the_cluster_refuses_is_reviewed_all_the_same() {
    let world = World::at_night().await;
    world.cluster.grants.answers(GrantAnswer::Refused);
    let mut on_call = world.signer("on-call").await;
    let id = on_call.breaks_glass().await;
    world.heard_of("break-glass", "ending").await;
    world.followed().await;
    assert_eq!(on_call.review(&id).await["state"], "open");
}
