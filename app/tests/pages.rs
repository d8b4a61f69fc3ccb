//! The pages as the server sends them: statuses, languages, what is hidden, and what nobody may put inline.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

mod actions;
mod break_glass;
mod fixture;
mod grants;
mod nodes;
mod recovery;
mod who_can;

use std::sync::{Arc, LazyLock};

use app::Assets;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use domain::{
    ids::{GrantId, RequestId},
    testkit::Shelf,
};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// One runtime for all tests, as in the server: the pages' tasks wake each other within one only.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

fn run(test: impl Future<Output = ()> + Send + 'static) {
    LazyLock::force(&SITE);
    RUNTIME.block_on(async { RUNTIME.spawn(test).await.unwrap() });
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

/// One site for all tests, as in the server: routes are listed once, before anything is rendered.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let [js, wasm, css] = ["/pkg/a.js", "/pkg/a.wasm", "/pkg/a.css"].map(str::to_owned);
    let kept = Arc::new(fixture::Kept::default());
    let shelf = Arc::new(Shelf::default());
    let console = fixture::console_over(kept.clone(), shelf.clone());
    RUNTIME.block_on(async {
        Site {
            restart: fixture::ask_for_restart(&console).await,
            scale: fixture::ask_for_scale(&console).await,
            failed: fixture::fail_a_restart(&console, &kept).await,
            scaled: fixture::fail_a_scale(&console, &kept).await,
            role: fixture::ask_for_role(&console).await,
            under_way: fixture::restart(&console, &kept).await,
            sessions: fixture::sessions::of_each_kind(&console, &shelf).await,
            recoveries: fixture::recoveries::of_each_kind(&console, &shelf).await,
            router: fixture::router(console, Assets { js, wasm, css }),
        }
    })
});

struct Site {
    router: Router,
    /// Waits for approval.
    restart: RequestId,
    /// Waits for the approval that lifts a guard rail.
    scale: RequestId,
    /// Was carried out, and its new pods do not run.
    failed: RequestId,
    /// The same of a scale from 2 to 3.
    scaled: RequestId,
    under_way: RequestId,
    /// A role that waits for approval.
    role: GrantId,
    /// Break-glass sessions.
    sessions: fixture::sessions::Sessions,
    /// Recoveries.
    recoveries: fixture::recoveries::Recoveries,
}

fn site() -> Router {
    SITE.router.clone()
}

async fn get(router: Router, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Page { status, headers, html: String::from_utf8(body.to_vec()).unwrap() }
}

async fn as_person(login: &str, path: &str) -> Page {
    get(site(), path, &[("cookie", &format!("fixture_login={login}"))]).await
}

/// The page without what differs from one response to the next, or with its address.
fn settled(page: &Page, path: &str) -> String {
    let csp = page.headers["content-security-policy"].to_str().unwrap();
    let nonce = csp.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    page.html.replace(nonce, "NONCE").replace(path, "PATH")
}

#[test]
fn home_answers_both_questions() {
    run(async {
        let page = as_person("on-call", "/").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.html.contains("services need a look"), "{}", page.html);
        assert!(page.html.contains("Nothing waits for you."));
    });
}

#[test]
fn a_tenant_shows_its_pods_and_the_search_narrows_them() {
    run(async {
        let page = as_person("on-call", "/tenants/tokyo/checkout").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.html.contains("CrashLoopBackOff")
                && page.html.contains("checkout-worker-7c5d4b9f8")
        );
        let page = as_person("on-call", "/tenants/tokyo/checkout?search=crash").await;
        assert!(page.html.contains("checkout-api-6d8f9c7b5-x2x7k"));
        assert!(!page.html.contains("checkout-worker-7c5d4b9f8-9xkcd"));
    });
}

#[test]
fn hidden_and_nonsense_are_the_same_404() {
    run(async {
        let paths = [
            "/tenants/tokyo/vault",
            "/tenants/tokyo/nonsense",
            "/tenants/nowhere/vault",
            "/tenants/TOKYO/vault",
        ];
        let mut told = Vec::new();
        for path in paths {
            let page = as_person("on-call", path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            told.push(
                page.html
                    .split("<main")
                    .nth(1)
                    .unwrap()
                    .split("</main>")
                    .next()
                    .unwrap()
                    .to_owned(),
            );
        }
        assert!(told.iter().all(|words| *words == told[0]), "{told:#?}");
        for path in ["/tenants/tokyo/checkout/pods/nonsense", "/requests/nonsense", "/nonsense"] {
            assert_eq!(as_person("on-call", path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn an_outage_is_told_apart_from_being_signed_out() {
    run(async {
        let page = as_person(fixture::WHOEVER, "/").await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!page.html.contains("Sign in"), "{}", page.html);
    });
}

#[test]
fn whoever_is_signed_out_meets_the_way_in_and_nothing_else() {
    run(async {
        for path in ["/", "/tenants/tokyo/checkout", "/history", "/nonsense"] {
            let page = get(site(), path, &[]).await;
            assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(page.html.contains("Sign in with a passkey"), "{path}");
            assert!(!page.html.contains("checkout-api"), "{path}");
        }
        assert_eq!(get(site(), "/sign-in", &[]).await.status, StatusCode::OK);
        assert_eq!(get(site(), "/enrol", &[]).await.status, StatusCode::OK);
    });
}

#[test]
fn a_refused_part_says_so_with_its_status() {
    run(async {
        let page = as_person("engineer", "/people").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.html.contains("console.cedar"));
        assert_eq!(as_person("admin", "/people").await.status, StatusCode::OK);
    });
}

#[test]
fn the_language_follows_the_browser_until_a_person_chooses() {
    run(async {
        let japanese = ("accept-language", "ja-JP,en;q=0.5");
        let page = get(site(), "/sign-in", &[japanese]).await;
        assert!(page.html.contains("lang=\"ja\"") && page.html.contains("パスキーでサインイン"));
        let chosen = ("cookie", "sekisho_language=en; sekisho_theme=dark");
        let page = get(site(), "/sign-in", &[japanese, chosen]).await;
        assert!(page.html.contains("lang=\"en\"") && page.html.contains("data-theme=\"dark\""));
    });
}

#[test]
fn every_page_of_a_demo_says_so_and_runs_nothing_inline_without_the_nonce() {
    run(async {
        for path in [
            "/",
            "/tenants",
            "/requests",
            "/access",
            "/tokens",
            "/break-glass",
            "/reviews",
            "/history",
            "/account",
            "/sign-in",
        ] {
            let page = as_person("on-call", path).await;
            assert!(page.html.contains("This is a demo."), "{path}");
            let settled = settled(&page, path);
            let scripts = settled.matches("<script").count();
            assert_eq!(scripts, settled.matches("nonce=\"NONCE\"").count(), "{path}");
            assert!(!settled.contains(" style=") && !settled.contains(" onclick="), "{path}");
        }
    });
}

#[test]
fn what_a_person_sees_is_kept_by_no_cache() {
    run(async {
        let page = as_person("on-call", "/tenants").await;
        assert_eq!(page.headers["cache-control"], "no-store");
    });
}

#[test]
fn only_the_approver_is_offered_the_decision() {
    run(async {
        let id = SITE.restart;
        let path = format!("/requests/{id}");
        let seen_by = async |login: &str| {
            get(site(), &path, &[("cookie", &format!("fixture_login={login}"))]).await
        };
        assert!(seen_by("approver").await.html.contains("Approve and sign"));
        let own = seen_by("on-call").await;
        assert!(!own.html.contains("Approve and sign") && own.html.contains("Take it back"));
        assert!(!seen_by("engineer").await.html.contains("Approve and sign"));
    });
}
