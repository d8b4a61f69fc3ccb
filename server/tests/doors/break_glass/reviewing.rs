//! The review that cannot be skipped.

use std::time::Duration;

use domain::audit::EntryAction;
use serde_json::json;

use super::scene::{WITHIN, emergency};
use crate::{asking::restart, policy::login, world::World};

#[tokio::test]
async fn a_reviewer_sees_everything_and_signs_exactly_that() {
    let (world, id, mut on_call) = World::with_session().await;
    let mut owner = world.signer("owner").await;
    let asked = on_call.browser.post("/api/v1/requests", restart()).await.done();
    on_call.decide(asked["id"].as_str().unwrap(), "execute").await.done();
    world.heard("accepted").await;
    on_call.close(&id).await.done();
    world.followed().await;
    on_call.tell(&id).await.done();

    let review = owner.review(&id).await;
    assert_eq!((&review["reviewer"], &review["may_judge"]), (&json!("owner"), &json!(true)));
    assert_eq!(review["declared"]["declaration"]["intent"], "restart the ledger");
    assert_eq!(review["case"]["account"]["found"], "a lock");
    let deeds = review["case"]["deeds"].as_array().unwrap();
    let told: Vec<_> =
        deeds.iter().map(|it| (it["action"].as_str(), it["outcome"].as_str())).collect();
    for (action, outcome) in [
        ("break-glass", "requested"),
        ("break-glass", "opened"),
        ("restart-pod", "intended"),
        ("restart-pod", "accepted"),
        ("break-glass", "ending"),
    ] {
        assert!(told.contains(&(Some(action), Some(outcome))), "{action} {outcome}: {told:?}");
    }
    let judged = owner.judge(&id, "justified-with-follow-ups").await.done();
    assert_eq!((&judged["state"], &judged["verdict"]["by"]), (&json!("judged"), &json!("owner")));
    let entry = &world.entries_about(EntryAction::Review).await[0];
    let signed = &entry.detail["signature"]["commitment"];
    assert_eq!((&signed["purpose"], &signed["digest"]), (&json!("review"), &entry.detail["case"]));
    assert_eq!(owner.judge(&id, "justified").await.code(), (409, "wrong_state"), "once");
}

#[tokio::test]
async fn what_was_told_since_the_reviewer_looked_is_not_what_they_judged() {
    let (world, id, mut on_call) = World::with_review().await;
    let mut owner = world.signer("owner").await;
    let options = owner.sign_verdict(&id, "justified").await.done();
    on_call.tell(&id).await.done();
    let credential = owner.authenticator.touch(&options);
    let moved = owner.file_verdict(&id, "justified", &credential).await;
    assert_eq!(moved.code(), (409, "conflict"));
    assert_eq!(owner.review(&id).await["state"], "open");
}

#[tokio::test]
async fn what_somebody_tries_in_vain_afterwards_keeps_no_verdict_from_counting() {
    let (world, id, mut on_call) = World::with_review().await;
    world.clock.advance(Duration::from_secs(1));
    let mut owner = world.signer("owner").await;
    let options = owner.sign_verdict(&id, "justified").await.done();
    let path = format!("/api/v1/grants/{id}/signature-options");
    let refused = on_call.browser.post(&path, json!({ "decision": "approve" })).await;
    assert_eq!(refused.code(), (403, "own_request"));
    let credential = owner.authenticator.touch(&options);
    owner.file_verdict(&id, "justified", &credential).await.done();
}

#[tokio::test]
async fn a_list_tells_nobody_of_reviews_that_they_may_not_see() {
    let (world, id, mut on_call) = World::with_review().await;
    world.clock.advance(Duration::from_secs(1));
    let second = on_call.breaks_glass().await;
    on_call.close(&second).await.done();
    world.followed().await;
    let mut outsider = world.signer("outsider").await;
    let list = outsider.browser.get("/api/v1/reviews?limit=1").await.done();
    assert_eq!((&list["items"], &list["next"]), (&json!([]), &json!(null)));
    let mut owner = world.signer("owner").await;
    let first = owner.browser.get("/api/v1/reviews?limit=1").await.done();
    assert_eq!(first["items"][0]["id"], second);
    let next = format!("/api/v1/reviews?limit=1&cursor={}", first["next"].as_str().unwrap());
    let rest = owner.browser.get(&next).await.done();
    assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&json!(id), &json!(null)));
}

#[tokio::test]
async fn a_touch_for_one_verdict_is_no_other() {
    let (world, id, _) = World::with_review().await;
    let mut owner = world.signer("owner").await;
    let options = owner.sign_verdict(&id, "unjustified").await.done();
    let credential = owner.authenticator.touch(&options);
    let turned = owner.file_verdict(&id, "justified", &credential).await;
    assert_eq!(turned.code(), (422, "other_decision"));
}

#[tokio::test]
async fn nobody_judges_what_they_were_part_of() {
    let (_world, id, mut on_call) = World::with_review().await;
    assert_eq!(on_call.judge(&id, "justified").await.code(), (403, "involved"));

    let world = World::by_day().await;
    let mut on_call = world.signer("on-call").await;
    let approved = on_call.declares().await;
    let mut owner = world.signer("owner").await;
    owner.decide_grant(&approved, "approve").await.done();
    world.heard_of("break-glass", "given").await;
    world.person("third").await;
    on_call.close(&approved).await.done();
    world.followed().await;
    assert_eq!(owner.judge(&approved, "justified").await.code(), (403, "involved"));
    assert_eq!(owner.review(&approved).await["reviewer"], "third", "somebody else is asked");
}

#[tokio::test]
async fn nor_what_was_broken_for_the_same_incident() {
    let world = World::at_night().await;
    // Whoever reviews for the team broke glass, too.
    world.policy.amend(|policy| {
        let owner = policy.people.get_mut(&login("owner")).unwrap();
        let roles = ["approver".to_owned(), "on-call".to_owned()].into();
        *owner = domain::policy::Person { roles, ..owner.as_ref().clone() }.into();
    });
    world.console.enforce_policy().await.unwrap();
    let (mut on_call, mut owner) = (world.signer("on-call").await, world.signer("owner").await);
    let id = on_call.breaks_glass().await;
    let mut same = emergency();
    same["incident"] = json!("inc 7.");
    let other = owner.browser.post("/api/v1/break-glass", same).await.done();
    owner.open(other["id"].as_str().unwrap()).await.done();
    world.person("third").await;
    on_call.close(&id).await.done();
    world.followed().await;
    assert_eq!(owner.judge(&id, "justified").await.code(), (403, "involved"));
    assert_eq!(owner.review(&id).await["reviewer"], "third");
}

#[tokio::test]
async fn whoever_may_not_review_learns_of_no_case() {
    let (world, id, _) = World::with_review().await;
    for name in ["engineer", "outsider"] {
        let mut signer = world.signer(name).await;
        let path = format!("/api/v1/reviews/{id}");
        assert_eq!(signer.browser.get(&path).await.code(), (404, "not_visible"), "{name}");
        let list = signer.browser.get("/api/v1/reviews").await.done();
        assert_eq!(list["items"], json!([]), "{name}");
        if name == "engineer" {
            let session = signer.session(&id).await;
            assert_eq!(
                session["review"],
                json!(null),
                "what was said of it is for those who judge"
            );
        }
    }
    let list =
        world.signer("security").await.browser.get("/api/v1/reviews?state=open").await.done();
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["session"]), (&json!(id), &json!(id)));
    assert!(list["items"][0]["due_at"].is_string());
}

#[tokio::test]
async fn security_sees_how_often_it_happens_and_what_is_owed() {
    let (world, id, _) = World::with_review().await;
    let mut security = world.signer("security").await;
    let path = "/api/v1/reviews/summary";
    let summary = security.browser.get(path).await.done();
    assert_eq!(
        summary["last"],
        json!({ "sessions": 1, "alone": 1, "unjustified": 0, "drills": 0 })
    );
    assert_eq!((&summary["open"], &summary["late"]), (&json!(1), &json!(0)));
    security.judge(&id, "unjustified").await.done();
    let summary = security.browser.get(path).await.done();
    assert_eq!((&summary["last"]["unjustified"], &summary["open"]), (&json!(1), &json!(0)));
    assert_eq!(world.signer("owner").await.browser.get(path).await.code(), (403, "refused"));
}

#[tokio::test]
async fn a_verdict_but_the_plain_one_says_why() {
    let (world, id, _) = World::with_review().await;
    let mut owner = world.signer("owner").await;
    let path = format!("/api/v1/reviews/{id}/signature-options");
    let options = owner.browser.post(&path, json!({ "verdict": "unjustified" })).await.done();
    let credential = owner.authenticator.touch(&options);
    let body = json!({ "verdict": "unjustified", "credential": credential });
    let silent = owner.browser.post(&format!("/api/v1/reviews/{id}/verdict"), body).await;
    assert_eq!(silent.code(), (422, "reason_missing"));
}

#[tokio::test]
async fn who_is_late_is_reminded_and_then_it_escalates_and_nothing_is_held_against_the_person() {
    let (world, id, mut on_call) = World::with_review().await;
    on_call.tell(&id).await.done();
    world.clock.advance(WITHIN / 2);
    world.followed().await;
    world.clock.advance(WITHIN / 2);
    world.followed().await;
    world.followed().await;
    let told = world.told_at_night().await;
    let late: Vec<_> =
        told.iter().filter(|it| ["due", "reminded", "escalated"].contains(&it.as_str())).collect();
    assert_eq!(late, ["due", "reminded", "escalated"], "each is said once");
    on_call.return_to_work().await;
    assert!(on_call.review(&id).await["escalated_at"].is_string());
    on_call.breaks_glass().await;
}

#[tokio::test]
async fn somebody_else_is_asked_when_the_reviewer_is_gone() {
    let (world, id, mut on_call) = World::with_session().await;
    for name in ["owner", "third"] {
        world.person(name).await;
    }
    on_call.close(&id).await.done();
    world.followed().await;
    assert_eq!(on_call.review(&id).await["reviewer"], "owner");
    world.console.lock(&world.actor("admin"), &login("owner")).await.unwrap();
    world.followed().await;
    assert_eq!(on_call.review(&id).await["reviewer"], "third");
    world.policy.amend(|policy| {
        for name in ["owner", "third", "security"] {
            policy.people.remove(&login(name));
        }
    });
    world.console.enforce_policy().await.unwrap();
    world.followed().await;
    assert_eq!(
        on_call.review(&id).await["reviewer"],
        json!(null),
        "and it says that nobody is left"
    );
    assert_eq!(on_call.review(&id).await["state"], "open");
}

#[tokio::test]
async fn an_account_is_the_persons_own_and_filed_once() {
    let (world, id, mut on_call) = World::with_session().await;
    assert_eq!(on_call.tell(&id).await.code(), (409, "wrong_state"), "not while it is live");
    on_call.close(&id).await.done();
    assert_eq!(world.signer("owner").await.tell(&id).await.code(), (403, "not_requester"));
    let filed = on_call.tell(&id).await.done();
    assert_eq!(filed["owes_account"], false);
    assert_eq!(on_call.tell(&id).await.code(), (409, "decided_twice"));
    let path = format!("/api/v1/break-glass/{id}/account");
    let empty = on_call.browser.post(&path, json!({ "found": " ", "done": "x" })).await;
    assert_eq!((empty.code(), &empty.body["field"]), ((422, "malformed"), &json!("found")));
}

#[tokio::test]
async fn of_many_verdicts_at_once_one_counts() {
    let (world, id, _) = World::with_review().await;
    let mut signers = Vec::new();
    for name in ["owner", "third", "security"] {
        let mut signer = world.signer(name).await;
        let options = signer.sign_verdict(&id, "justified").await.done();
        let credential = signer.authenticator.touch(&options);
        signers.push((signer, credential));
    }
    let hurried = signers.into_iter().map(|(mut signer, credential)| {
        let id = id.clone();
        tokio::spawn(async move { signer.file_verdict(&id, "justified", &credential).await.status })
    });
    let mut taken = 0;
    for verdict in hurried.collect::<Vec<_>>() {
        taken += usize::from(verdict.await.unwrap() == 200);
    }
    assert_eq!(taken, 1);
    world.clock.advance(Duration::from_mins(1));
    let told = world.told_at_night().await;
    assert_eq!(told.iter().filter(|it| *it == "judged").count(), 1);
}

#[tokio::test]
async fn owners_are_asked_before_security_and_whoever_has_least_to_do_before_others() {
    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    let mut security = world.signer("security").await;
    world.person("third").await;
    let first = on_call.breaks_glass().await;
    on_call.close(&first).await.done();
    world.followed().await;
    assert_eq!(security.review(&first).await["reviewer"], "third", "an owner");

    let world = World::at_night().await;
    let mut on_call = world.signer("on-call").await;
    world.person("owner").await;
    let first = on_call.breaks_glass().await;
    on_call.close(&first).await.done();
    world.followed().await;
    let mut third = world.signer("third").await;
    let second = on_call.breaks_glass().await;
    on_call.close(&second).await.done();
    world.followed().await;
    assert_eq!(third.review(&first).await["reviewer"], "owner");
    assert_eq!(third.review(&second).await["reviewer"], "third", "who has none to do");
}
