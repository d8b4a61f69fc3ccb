//! Every page and server function, knocked at by everyone who should not get far. One that is not expected here fails.

use std::{collections::BTreeMap, fs, time::Duration};

use app::Deployment;
use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use domain::identity::SessionLimits;
use person::Browser;
use sekisho::pages::{Site, pages, server_function_paths};
use tempfile::TempDir;
use tokio::task::spawn_blocking;
use tower::ServiceExt;

use crate::{notifications::refused_for, world::World};

/// The status of each address for: a stranger · somebody without a role · somebody of another tenant.
const PAGES: &[(&str, [u16; 3])] = &[
    ("/", [401, 200, 200]),
    ("/tenants", [401, 200, 200]),
    ("/tenants/demo/checkout", [401, 200, 404]),
    ("/tenants/demo/checkout/pods/api-0", [401, 200, 404]),
    ("/tenants/demo/checkout/pods/api-0/restart-pod", [401, 403, 404]),
    ("/tenants/demo/checkout/pods/api-0/restart", [401, 404, 404]),
    ("/tenants/demo/checkout/secret/api-0", [401, 404, 404]),
    // Through a tenant of one's own, no node is reached.
    ("/tenants/demo/checkout/node/node-1", [401, 404, 404]),
    ("/tenants/demo/checkout/node/node-1/cordon", [401, 403, 404]),
    ("/tenants/demo/kube-system/node/node-1", [401, 404, 404]),
    ("/tenants/demo/checkout/access", [401, 200, 404]),
    ("/requests", [401, 200, 200]),
    ("/requests/{request}", [401, 200, 404]),
    ("/access", [401, 200, 200]),
    ("/access/demo/checkout", [401, 200, 404]),
    ("/access/demo/checkout/debug", [401, 200, 404]),
    ("/access/demo/checkout/nothing", [401, 404, 404]),
    ("/grants/{grant}", [401, 200, 404]),
    ("/break-glass", [401, 200, 200]),
    ("/break-glass/demo/checkout", [401, 200, 404]),
    ("/break-glass/{session}", [401, 200, 404]),
    // A grant that is no session.
    ("/break-glass/{grant}", [401, 404, 404]),
    ("/reviews", [401, 200, 200]),
    ("/reviews/{session}", [401, 404, 404]),
    ("/recoveries/{recovery}", [401, 200, 404]),
    ("/recoveries/{grant}", [401, 404, 404]),
    ("/tokens", [401, 200, 200]),
    ("/history", [401, 200, 200]),
    ("/notifications", [401, 403, 403]),
    ("/people", [401, 403, 403]),
    ("/account", [401, 200, 200]),
    ("/nonsense", [401, 404, 404]),
    ("/sign-in", [200, 200, 200]),
    ("/enrol", [200, 200, 200]),
];

/// The same of what the pages read, each with what it is asked.
const READS: &[(&str, &str, [u16; 3])] = &[
    ("find_places", "words=api&at=/", [401, 200, 200]),
    ("read_access", "cursor=", [401, 200, 200]),
    ("read_account", "", [401, 200, 200]),
    ("read_break_glass", "", [401, 200, 200]),
    ("read_case", "id={session}", [401, 404, 404]),
    ("read_grant", "id={grant}", [401, 200, 404]),
    ("read_history", "wanted[actor]=", [401, 200, 200]),
    ("read_home", "", [401, 200, 200]),
    ("read_live", "", [401, 200, 200]),
    ("read_notifications", "cursor=", [401, 403, 403]),
    (
        "read_object",
        "target[cluster]=demo&target[namespace]=checkout&target[kind]=Pod&target[name]=api-0",
        [401, 200, 404],
    ),
    (
        "read_offers",
        "target[cluster]=demo&target[namespace]=checkout&target[kind]=Pod&target[name]=api-0",
        [401, 200, 200],
    ),
    ("read_offer", "tenant=demo/checkout", [401, 200, 404]),
    ("read_own_recovery", "", [401, 200, 200]),
    ("read_people", "", [401, 403, 403]),
    ("read_recovery", "id={recovery}", [401, 200, 404]),
    ("read_request", "id={request}", [401, 200, 404]),
    ("read_requests", "", [401, 200, 200]),
    ("read_reviews", "state=open&cursor=", [401, 200, 200]),
    ("read_role", "tenant=demo/checkout&role=debug", [401, 200, 404]),
    ("read_roles", "tenant=demo/checkout", [401, 200, 404]),
    ("read_session", "id={session}", [401, 200, 404]),
    ("read_tenant", "tenant=demo/checkout&search=&sort=trouble", [401, 200, 404]),
    ("read_tenants", "", [401, 200, 200]),
    ("read_tokens", "cursor=", [401, 200, 200]),
    ("read_viewer", "", [401, 200, 200]),
    ("read_weighed", "id={grant}", [401, 200, 404]),
    ("read_who_can", "tenant=demo/checkout&asked[verb]=", [401, 200, 404]),
    (
        "read_wizard",
        "action=restart-pod&target[cluster]=demo&target[namespace]=checkout&target[kind]=Pod&target[name]=api-0",
        [401, 403, 404],
    ),
];

struct Callers([Browser; 3]);

impl Callers {
    /// Whoever should not get far, before the pages of a world.
    async fn of(world: &World) -> Self {
        let router = router(world);
        let (engineer, _) = world.person("engineer").await;
        let (outsider, _) = world.person("outsider").await;
        Self([world.browser(), engineer, outsider].map(|caller| caller.before_router(&router)))
    }

    async fn statuses(&mut self, path: &str) -> [u16; 3] {
        let mut statuses = [0; 3];
        for (caller, status) in self.0.iter_mut().zip(&mut statuses) {
            *status = caller.get(path).await.status.as_u16();
        }
        statuses
    }
}

/// API and pages.
fn router(world: &World) -> Router {
    world.router.clone().fallback_service(pages(&world.state, &site(), Deployment::Real))
}

/// A site without files: nothing but the pages is asked for.
fn site() -> Site {
    let folder = TempDir::new().unwrap();
    let manifest = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;
    fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    Site::open(folder.path()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_and_what_it_reads_answer_as_expected_to_whoever_should_not_get_far() {
    let (world, grant) = World::with_wish_of_another().await;
    let request = world.asked_by("on-call").await;
    world.allow_break_glass(true).await;
    let session = world.signer("on-call").await.breaks_glass().await;
    let recovery = world.recovery_of_on_call().await;
    let named = |text: &str| {
        let text = text.replace("{request}", &request).replace("{grant}", &grant);
        text.replace("{session}", &session).replace("{recovery}", &recovery)
    };
    let mut callers = Callers::of(&world).await;
    for (path, expected) in PAGES {
        assert_eq!(callers.statuses(&named(path)).await, *expected, "{path}");
    }
    let mut expected: BTreeMap<_, _> =
        READS.iter().map(|(name, query, statuses)| (*name, (*query, *statuses))).collect();
    for (path, method) in server_function_paths() {
        assert_eq!(method, "GET", "{path}: pages read, and write through the API");
        let name = path.rsplit('/').next().unwrap();
        let (query, statuses) = expected.remove(name).unwrap_or_else(|| panic!("{path} is new"));
        let path = format!("{path}?{}", named(query));
        assert_eq!(callers.statuses(&path).await, statuses, "{path}");
    }
    assert!(expected.is_empty(), "nothing reads {expected:?}");
    let nonsense = "/pages/app/audit/read/read_history?wanted=nonsense";
    assert_eq!(callers.statuses(nonsense).await, [422; 3], "it could not be read");
    another_site_learns_nothing_by_sending_somebody_there().await;
    pages_tell_what_does_not_arrive_and_why().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_answered_while_a_site_is_set_up() {
    let world = World::new().await;
    let mut callers = Callers::of(&world).await;
    let state = world.state.clone();
    let sites = spawn_blocking(move || {
        for _ in 0..50 {
            drop(pages(&state, &site(), Deployment::Real));
        }
    });
    while !sites.is_finished() {
        assert_eq!(callers.statuses("/").await, [401, 200, 200]);
    }
    sites.await.unwrap();
}

async fn pages_tell_what_does_not_arrive_and_why() {
    let (world, _) = refused_for(5).await;
    let router = router(&world);
    let reader = async |name: &str| world.person(name).await.0.before_router(&router);
    let mut security = reader("security").await;
    let page = security.listen("/notifications").await.to_its_end().await;
    for told in ["siem", "It answered 500.", "tried 5 times"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let elsewhere = security.listen("/history").await.to_its_end().await;
    assert!(elsewhere.contains("1 notification is stuck."), "{elsewhere}");
    let owners = reader("owner").await.listen("/history").await.to_its_end().await;
    assert!(!owners.contains("notification is stuck"));
}

/// As a link of another site does it: the session's cookie comes along, and the browser says where from.
async fn another_site_learns_nothing_by_sending_somebody_there() {
    let world = World::new().await;
    let (engineer, _) = world.person("engineer").await;
    let cookies: Vec<_> = engineer.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let read = "/pages/app/tenants/read/read_tenant?search=&sort=trouble&tenant=demo/";
    for (tenant, site, expected) in [
        ("checkout", "cross-site", 403),
        ("nothing", "cross-site", 403),
        ("checkout", "same-origin", 200),
    ] {
        let request = Request::get(format!("{read}{tenant}"))
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "https://evil.example/x")
            .header("sec-fetch-site", site)
            .body(Body::empty())
            .unwrap();
        let answer = router(&world).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), expected, "{tenant} {site}");
        assert!(!answer.headers().contains_key(header::LOCATION), "{tenant} {site}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_asks_by_itself_keeps_nobody_signed_in() {
    for (path, stays) in [
        ("/pages/app/break_glass/read/read_live", false),
        ("/pages/app/recovery/read/read_own_recovery", false),
        ("/pages/app/home/read/read_home", true),
    ] {
        let world = World::new().await;
        let mut callers = Callers::of(&world).await;
        let idle = SessionLimits::default().idle;
        world.clock.advance(idle.saturating_sub(Duration::from_mins(1)));
        assert_eq!(callers.statuses(path).await[1], 200, "{path}");
        world.clock.advance(Duration::from_mins(2));
        let after = callers.statuses("/pages/app/home/read/read_home").await[1];
        assert_eq!(after == 200, stays, "{path}: {after}");
    }
}
