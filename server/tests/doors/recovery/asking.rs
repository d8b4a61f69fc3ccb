//! Asking that somebody is recovered, seeing it, and stopping it.

use std::time::Duration;

use domain::recovery::PENDING_FOR;
use serde_json::json;

use super::scene::{Recovering, wish};
use crate::{policy::login, world::World};

#[tokio::test]
async fn an_admin_asks_and_nothing_changes_for_the_person_but_that_they_see_it() {
    let Recovering { world, id, mut on_call, mut admin, .. } = Recovering::asked().await;
    let me = on_call.browser.get("/api/v1/me").await.done();
    assert_eq!(me["recovery"], json!(id));
    assert_eq!(admin.browser.get("/api/v1/me").await.done()["recovery"], json!(null));
    on_call.return_to_work().await;
    let seen = on_call.recovery(&id).await;
    assert_eq!((&seen["state"], &seen["asked_by"]), (&json!("pending"), &json!("admin")));
    assert_eq!(
        (&seen["may"], &seen["missing"]),
        (&json!(["stop"]), &json!(["admin", "team_mate"]))
    );
    assert_eq!(world.told_of_recoveries().await, ["requested"]);
}

#[tokio::test]
async fn only_who_manages_people_asks_and_never_for_themself() {
    let world = World::new().await;
    let (mut admin, mut owner) = (world.signer("admin").await, world.signer("owner").await);
    let refused = owner.browser.post("/api/v1/recoveries", wish()).await;
    assert_eq!(refused.code(), (403, "refused"));
    let mut ask = async |login: &str, reason: &str| {
        let wish = json!({ "login": login, "reason": reason });
        admin.browser.post("/api/v1/recoveries", wish).await
    };
    let own = ask("admin", "me").await;
    assert_eq!(
        (own.code(), &own.body["rule"]),
        ((403, "refused"), &json!("nobody-recovers-themself"))
    );
    assert_eq!(ask("stranger", "who").await.code(), (404, "not_visible"));
    let never = ask("on-call", "first day").await;
    assert_eq!(
        (never.code(), &never.body["state"]),
        ((409, "wrong_state"), &json!("not_enrolled"))
    );
    assert_eq!(ask("owner", " ").await.code(), (422, "reason_missing"));
    world.console.lock(&world.actor("admin"), &login("owner")).await.unwrap();
    assert_eq!(ask("owner", "lost").await.code(), (403, "locked"));
    assert_eq!(world.told_of_recoveries().await, ["refused"; 2], "what rules refused is told");
}

#[tokio::test]
async fn one_recovery_of_a_person_is_under_way_at_a_time() {
    let Recovering { world, id, mut admin, .. } = Recovering::asked().await;
    let again = admin.browser.post("/api/v1/recoveries", wish()).await;
    assert_eq!((again.code(), &again.body["recovery"]), ((409, "recovery_open"), &json!(id)));
    admin.stop_recovery(&id).await.done();
    let second = admin.asks_for_recovery().await;
    world.clock.advance(PENDING_FOR);
    world.console.expire_recoveries().await.unwrap();
    admin.return_to_work().await;
    assert_eq!(admin.recovery(&second).await["state"], "expired");
    admin.asks_for_recovery().await;
}

#[tokio::test]
async fn whoever_asks_at_the_same_moment_asks_once() {
    let world = World::patient().await;
    world.person("on-call").await;
    let (admin, _) = world.person("admin").await;
    let asks = (0..8).map(|_| {
        let mut browser = admin.clone();
        async move { browser.post("/api/v1/recoveries", wish()).await.status.as_u16() }
    });
    let mut statuses = futures::future::join_all(asks).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![409; 7]].concat());
}

#[tokio::test]
async fn whoever_has_no_part_in_it_learns_nothing() {
    let Recovering { world, id, .. } = Recovering::asked().await;
    for (name, seen) in [("outsider", 404), ("reliable", 404), ("third", 200), ("security", 200)] {
        let mut signer = world.signer(name).await;
        let one = signer.browser.get(&format!("/api/v1/recoveries/{id}")).await;
        assert_eq!(one.status, seen, "{name}");
        let list = signer.browser.get("/api/v1/recoveries?state=pending").await.done();
        assert_eq!(list["items"].as_array().unwrap().len(), usize::from(seen == 200), "{name}");
        if seen == 404 {
            let nothing = format!("/api/v1/recoveries/{}", uuid::Uuid::nil());
            let nothing = signer.browser.get(&nothing).await;
            assert_eq!((one.body, one.headers), (nothing.body, nothing.headers), "{name}");
            assert_eq!(signer.stop_recovery(&id).await.code(), (404, "not_visible"));
        }
    }
}

#[tokio::test]
async fn the_person_stops_it_with_one_click_and_so_may_who_asked_and_no_other() {
    let Recovering { world, id, mut on_call, mut owner, .. } = Recovering::signed().await;
    let refused = owner.stop_recovery(&id).await;
    assert_eq!(refused.code(), (403, "refused"), "who only signs says no with a touch");
    let stopped = on_call.stop_recovery(&id).await.done();
    assert_eq!((&stopped["state"], &stopped["ended_by"]), (&json!("withdrawn"), &json!("on-call")));
    assert_eq!(on_call.stop_recovery(&id).await.code(), (409, "wrong_state"));
    let told = world.told_of_recoveries().await;
    assert_eq!(told, ["requested", "approved", "approved", "refused", "withdrawn"]);
}

#[tokio::test]
async fn whoever_is_locked_or_leaves_is_not_recovered() {
    let Recovering { world, id, mut admin, .. } = Recovering::signed().await;
    world.console.lock(&world.actor("admin"), &login("on-call")).await.unwrap();
    let seen = admin.recovery(&id).await;
    assert_eq!((&seen["state"], &seen["ended_by"]), (&json!("withdrawn"), &json!("admin")));

    let Recovering { world, id, mut admin, .. } = Recovering::signed().await;
    world.policy.strike("on-call");
    world.console.enforce_policy().await.unwrap();
    assert_eq!(admin.recovery(&id).await["state"], "withdrawn");
}

#[tokio::test]
async fn a_list_comes_in_pages_that_hold_nothing_hidden() {
    let Recovering { world, id, mut admin, .. } = Recovering::asked().await;
    admin.stop_recovery(&id).await.done();
    world.clock.advance(Duration::from_secs(1));
    world.person("outsider").await;
    let other = json!({ "login": "outsider", "reason": "lost" });
    admin.browser.post("/api/v1/recoveries", other).await.done();
    world.clock.advance(Duration::from_secs(1));
    let newest = admin.asks_for_recovery().await;
    let mut mate = world.signer("second").await;
    let first = mate.browser.get("/api/v1/recoveries?limit=1").await.done();
    assert_eq!(first["items"][0]["id"], json!(newest));
    let next = format!("/api/v1/recoveries?limit=1&cursor={}", first["next"].as_str().unwrap());
    let rest = mate.browser.get(&next).await.done();
    assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&json!(id), &json!(null)));
}
