//! Coming back: one passkey and one session in the place of all, and nothing else by that link.

use domain::{identity::LINK_TTL, policy::Person};
use serde_json::json;

use super::scene::{Recovering, begin, finish};
use crate::{
    policy::login,
    world::{ORIGIN, World},
};

const INVALID: (u16, &str) = (410, "link_invalid");

#[tokio::test]
async fn the_new_passkey_takes_the_place_of_all_and_every_session_ends() {
    let mut recovering = Recovering::signed().await;
    let mut pending = recovering.world.browser();
    let sign_in = pending.sign_in_options().await;
    let mut back = recovering.comes_back().await;
    let Recovering { world, id, mut on_call, .. } = recovering;
    assert!(back.browser.is_signed_in().await);
    assert!(!on_call.browser.is_signed_in().await, "what was open is not any more");
    let old = pending.finish_sign_in(on_call.authenticator.touch(&sign_in)).await;
    assert_eq!(old.code(), (401, "sign_in_failed"));
    let passkeys = back.browser.get("/api/v1/identity/passkeys").await.done();
    assert_eq!(passkeys["items"].as_array().unwrap().len(), 1);
    let seen = back.recovery(&id).await;
    assert_eq!((&seen["state"], &seen["may"]), (&json!("enrolled"), &json!([])));
    assert!(seen["due_at"].is_string(), "and it is to be reviewed");
    back.return_to_work().await;
    let told = world.told_of_recoveries().await;
    assert_eq!(told, ["requested", "approved", "approved", "linked", "enrolled"]);
}

#[tokio::test]
async fn a_link_works_once_and_the_one_before_not_at_all() {
    let mut recovering = Recovering::signed().await;
    let first = recovering.link().await;
    let second = recovering.link().await;
    let world = &recovering.world;
    let mut browser = world.browser();
    assert_eq!(begin(&mut browser, &first).await.code(), INVALID);
    let mut others = Vec::new();
    for _ in 0..4 {
        let mut browser = world.browser();
        let options = begin(&mut browser, &second).await.done();
        others.push((browser, options));
    }
    let hurried = others.into_iter().map(|(mut browser, options)| async move {
        finish(&mut browser, &options, ORIGIN).await.status.as_u16()
    });
    let mut statuses = futures::future::join_all(hurried).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410, 410, 410]);
    assert_eq!(begin(&mut browser, &second).await.code(), INVALID);
    assert!(!world.is_kept(second.rsplit('#').next().unwrap()), "only its digest is kept");
}

#[tokio::test]
async fn a_link_is_made_by_the_admin_who_signed_and_by_nobody_else() {
    let Recovering { world, id, mut owner, mut on_call, .. } = Recovering::signed().await;
    assert_eq!(owner.recovery_link(&id).await.code(), (403, "refused"));
    assert_eq!(on_call.recovery_link(&id).await.code(), (403, "refused"));
    assert_eq!(world.signer("third").await.recovery_link(&id).await.code(), (403, "refused"));
    let Recovering { world: _world, id, mut admin, .. } = Recovering::asked().await;
    assert_eq!(
        admin.recovery_link(&id).await.code(),
        (409, "wrong_state"),
        "not before both signed"
    );
}

#[tokio::test]
async fn after_a_stop_the_link_is_nothing_even_half_way() {
    let mut recovering = Recovering::signed().await;
    let link = recovering.link().await;
    let mut browser = recovering.world.browser();
    let options = begin(&mut browser, &link).await.done();
    recovering.on_call.stop_recovery(&recovering.id).await.done();
    assert_eq!(finish(&mut browser, &options, ORIGIN).await.code(), INVALID);
    assert_eq!(begin(&mut browser, &link).await.code(), INVALID);
    assert!(recovering.on_call.browser.is_signed_in().await, "the person is who they were");
    assert_eq!(recovering.admin.recovery_link(&recovering.id).await.code(), (409, "wrong_state"));
}

#[tokio::test]
async fn a_quarter_of_an_hour_later_it_is_over() {
    let mut recovering = Recovering::signed().await;
    let link = recovering.link().await;
    let Recovering { world, id, mut admin, .. } = recovering;
    let mut browser = world.browser();
    world.clock.advance(LINK_TTL);
    assert_eq!(begin(&mut browser, &link).await.code(), INVALID);
    assert_eq!(admin.recovery_link(&id).await.code(), (410, "request_expired"));
    world.console.expire_recoveries().await.unwrap();
    assert_eq!(admin.recovery(&id).await["state"], "expired");
}

const LAPSED: (u16, &str) = (409, "approval_lapsed");
const REFUSED: (u16, &str) = (403, "refused");

/// What is done to the world, and what becomes of the link that was made before and of another one.
async fn lapses(another: (u16, &str), change: impl AsyncFnOnce(&World)) {
    let mut recovering = Recovering::signed().await;
    let link = recovering.link().await;
    let world = &recovering.world;
    let (mut early, mut late) = (world.browser(), world.browser());
    let options = begin(&mut early, &link).await.done();
    change(world).await;
    assert_eq!(begin(&mut late, &link).await.code(), LAPSED);
    assert_eq!(finish(&mut early, &options, ORIGIN).await.code(), LAPSED);
    assert_eq!(recovering.admin.recovery_link(&recovering.id).await.code(), another);
    assert!(recovering.on_call.browser.is_signed_in().await);
}

#[tokio::test]
async fn it_lapses_when_a_signer_is_locked() {
    lapses(LAPSED, async |world| {
        world.console.lock(&world.actor("admin"), &login("owner")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_lapses_when_a_signer_leaves_the_team() {
    lapses(LAPSED, async |world| {
        world.policy.move_to("owner", "ledger");
        world.console.enforce_policy().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_lapses_when_the_admin_is_none_any_more() {
    lapses(REFUSED, async |world| {
        world.policy.demote("admin");
        world.console.enforce_policy().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_lapses_when_a_signer_leaves_the_policy() {
    lapses(LAPSED, async |world| {
        world.policy.strike("owner");
        world.console.enforce_policy().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_lapses_when_both_are_what_the_other_was() {
    lapses(REFUSED, async |world| {
        world.policy.amend(|policy| {
            for (name, team, role) in
                [("admin", "checkout", "none"), ("owner", "ledger", "platform-admin")]
            {
                let person = policy.people.get_mut(&login(name)).unwrap();
                let (teams, roles) = ([team.parse().unwrap()].into(), [role.to_owned()].into());
                *person = Person { teams, roles, ..person.as_ref().clone() }.into();
            }
        });
        world.console.enforce_policy().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_they_held_and_asked_for_ends_with_it() {
    let world = World::with_roles(1).await;
    let request = world.asked_by("on-call").await;
    let mut recovering = Recovering::asked_in(world).await;
    let asked = recovering.on_call.browser.post("/api/v1/grants", crate::grants::wish()).await;
    let grant = asked.done()["id"].as_str().unwrap().to_owned();
    recovering.owner.decide_grant(&grant, "approve").await.done();
    recovering.world.heard_of("grant", "given").await;
    let id = recovering.id.clone();
    recovering.owner.decide_recovery(&id, "approve").await.done();
    recovering.admin.decide_recovery(&id, "approve").await.done();
    let mut back = recovering.comes_back().await;
    let held = back.grant(&grant).await;
    assert_eq!(
        (&held["state"], &held["ending"]["reason"]),
        (&json!("ending"), &json!("recovered"))
    );
    recovering.world.grants_looked_after().await;
    assert_eq!(recovering.world.held(), (0, 0), "a kubeconfig that was made for it is nothing");
    let asked = back.browser.get(&format!("/api/v1/requests/{request}")).await.done();
    assert_eq!(asked["state"], "withdrawn");
}

#[tokio::test]
async fn whatever_the_person_was_signing_is_void() {
    let mut recovering = Recovering::signed().await;
    let change = json!({ "decision": "add-passkey" });
    let path = "/api/v1/identity/passkeys/signature-options";
    let on_call = &mut recovering.on_call;
    let options = on_call.browser.post(path, change).await.done();
    let touch = on_call.authenticator.touch(&options);
    let path = "/api/v1/identity/passkeys/options";
    on_call.browser.post(path, json!({ "credential": touch })).await.done();
    recovering.comes_back().await;
    let nonces = recovering.world.kept_nonces_of("on-call").await;
    assert_eq!(nonces, 0, "a thief who was adding a passkey adds none");
}
