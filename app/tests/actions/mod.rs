//! The pages of actions as the server sends them: what is offered, what it would do, what stands against it, the way back.

use axum::http::StatusCode;

use super::{Page, SITE, as_person, get, run, site};

const CHECKOUT: &str = "/tenants/tokyo/checkout";

pub(super) async fn in_japanese(login: &str, path: &str) -> Page {
    let cookie = format!("fixture_login={login}; sekisho_language=ja");
    get(site(), path, &[("cookie", &cookie)]).await
}

/// What a person reads of a page: no tags, no data sent along for the browser, white space collapsed.
pub(super) fn text(page: &Page) -> String {
    let main = page.html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        let words = part.split_once('>');
        if !part.starts_with("script") {
            text.push(' ');
            text.push_str(words.map_or("", |(_, words)| words));
        }
    }
    // The router leaves comments.
    text.replace("-->", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn asks(page: &Page) -> bool {
    text(page).contains("Ask to scale")
}

pub(super) fn holds_all(page: &Page, words: &[&str]) {
    let text = text(page);
    for words in words {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
}

#[test]
fn the_wizard_shows_the_reach_before_it_can_be_asked_for() {
    run(async {
        let path = format!("{CHECKOUT}/pods/checkout-api-6d8f9c7b5-x2x7k/restart-pod");
        let page = as_person("on-call", &path).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "It would accept",
            "2 of 3 now, at least 2 while it happens",
            "1 needed, from: approver",
            "kubectl --context tokyo",
            "1 other request is open here",
            "INC-[0-9]+",
            "Ask to restart checkout-api-6d8f9c7b5-x2x7k",
        ];
        holds_all(&page, &words);
        assert_eq!(as_person("engineer", &path).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn an_address_of_no_action_or_kind_is_the_same_404_as_a_hidden_one() {
    run(async {
        let paths = [
            "/tenants/tokyo/vault/statefulset/vault/rollout-restart",
            "/tenants/tokyo/nonsense/statefulset/vault/rollout-restart",
            "/tenants/tokyo/checkout/deployment/checkout-api/nonsense",
            "/tenants/tokyo/checkout/deployment/checkout-api/restart-pod",
            "/tenants/tokyo/checkout/pods/checkout-api-6d8f9c7b5-x2x7k/restart",
            "/tenants/tokyo/checkout/pods/nonsense/restart-pod",
            "/tenants/tokyo/checkout/replicaset/checkout-api/scale",
            "/tenants/tokyo/checkout/Deployment/checkout-api",
            "/tenants/tokyo/checkout/pod/checkout-api-6d8f9c7b5-x2x7k",
            "/tenants/tokyo/checkout/deployment/nonsense",
            "/tenants/tokyo/checkout/horizontalpodautoscaler/nonsense",
            "/tenants/tokyo/vault/statefulset/vault",
        ];
        let first = text(&as_person("on-call", paths[0]).await);
        for path in paths {
            let page = as_person("on-call", path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(text(&page), first, "{path}");
        }
    });
}

#[test]
fn a_target_says_what_may_be_done_and_why_not() {
    run(async {
        let page = as_person("on-call", &format!("{CHECKOUT}/deployment/checkout-api")).await;
        assert_eq!(page.status, StatusCode::OK);
        holds_all(&page, &["Scale checkout-api", "Roll checkout-api back", "It is so already"]);
        assert!(
            page.html.contains("/deployment/checkout-api/scale\""),
            "a link leads to the wizard"
        );
        assert!(!page.html.contains("/deployment/checkout-api/resume-rollout\""));

        let page = as_person("engineer", &format!("{CHECKOUT}/deployment/checkout-api")).await;
        assert_eq!(page.status, StatusCode::OK);
        holds_all(&page, &["Scale checkout-api", "Rule: nothing-allows-it", "console.cedar"]);
        assert!(!page.html.contains("/deployment/checkout-api/scale\""));

        let paused = as_person("on-call", "/tenants/tokyo/refunds/deployment/refunds-api").await;
        holds_all(&paused, &["Its rollout is paused: nothing would be rolled out."]);
        let pod =
            as_person("on-call", &format!("{CHECKOUT}/pods/checkout-api-6d8f9c7b5-x2x7k")).await;
        holds_all(&pod, &["Isolate pod checkout-api-6d8f9c7b5-x2x7k", "It is not isolated."]);
    });
}

#[test]
fn every_tenants_workloads_lead_to_their_pages() {
    run(async {
        let page = as_person("on-call", CHECKOUT).await;
        assert!(page.html.contains("/tenants/tokyo/checkout/deployment/checkout-worker\""));
        let page = as_person("on-call", &format!("{CHECKOUT}/deployment/checkout-worker")).await;
        holds_all(&page, &["checkout-worker-7c5d4b9f8-9xkcd", "1 of 2 ready", "Available"]);
        let autoscaler = format!("{CHECKOUT}/horizontalpodautoscaler/checkout-api");
        let page = as_person("on-call", &autoscaler).await;
        assert_eq!(page.status, StatusCode::OK);
        holds_all(&page, &["Resize the autoscaler checkout-api"]);
    });
}

#[test]
fn parameters_are_asked_for_with_what_they_are_now_and_held_to_their_bounds() {
    run(async {
        let scale = format!("{CHECKOUT}/deployment/checkout-api/scale");
        let page = as_person("on-call", &scale).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.html.contains("value=\"3\"") && page.html.contains("max=\"1000\""));
        assert!(!asks(&page), "nothing was said yet");

        for odd in ["1001", "-1", "three", "2.5"] {
            let page = as_person("on-call", &format!("{scale}?replicas={odd}")).await;
            holds_all(&page, &["Parameter: replicas", "A whole number from 0 to 1000."]);
            assert!(!asks(&page), "{odd}");
        }
        let page = as_person("on-call", &format!("{scale}?replicas=")).await;
        holds_all(&page, &["Something that the action needs was not given"]);
        let page = as_person("on-call", &format!("{scale}?replicas=3")).await;
        holds_all(&page, &["It is so already"]);
        assert!(!asks(&page));

        let autoscaler = format!("{CHECKOUT}/horizontalpodautoscaler/checkout-api/resize-hpa");
        let page = as_person("on-call", &autoscaler).await;
        assert!(page.html.contains("value=\"2\"") && page.html.contains("value=\"6\""));
        let page = as_person("on-call", &format!("{autoscaler}?min_replicas=9")).await;
        holds_all(&page, &["The least would be above the most."]);
    });
}

#[test]
fn a_review_shows_the_diff_of_exactly_these_parameters() {
    run(async {
        let scale = format!("{CHECKOUT}/deployment/checkout-api/scale");
        let page = as_person("on-call", &format!("{scale}?replicas=4")).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "spec.replicas changed 3 4",
            "3 replicas are asked for now, 4 from then on",
            "scale deployment/checkout-api --replicas=4",
            "Ask to scale checkout-api",
        ];
        holds_all(&page, &words);
        assert!(!page.html.contains("lift-"), "no guard rail stands against it");

        let resources = format!("{CHECKOUT}/deployment/checkout-api/set-resources");
        let page = as_person("on-call", &resources).await;
        holds_all(&page, &["checkout-api", "proxy", "Left empty, it stays as it is."]);
        let said = "container=proxy&cpu_limit=500m&memory_limit=";
        let page = as_person("on-call", &format!("{resources}?{said}")).await;
        holds_all(&page, &["spec.template.spec.containers[proxy].resources.limits.cpu added"]);
    });
}

#[test]
fn a_rollback_offers_each_revision_with_what_it_changes() {
    run(async {
        let rollback = format!("{CHECKOUT}/deployment/checkout-api/rollback");
        let page = as_person("on-call", &rollback).await;
        holds_all(&page, &["Revision 12", "It runs now", "Revision 11", "checkout-api:2.14.2"]);
        let newest = page.html.find("Revision 12").unwrap();
        assert!(newest < page.html.find("Revision 11").unwrap(), "the newest first");
        let page = as_person("on-call", &format!("{rollback}?revision=11")).await;
        assert_eq!(page.status, StatusCode::OK);
        holds_all(&page, &["Ask to roll checkout-api back", "--to-revision=11"]);
        let page = as_person("on-call", &format!("{rollback}?revision=7")).await;
        holds_all(&page, &["Parameter: revision"]);
    });
}

#[test]
fn a_guard_rail_is_told_and_its_lifting_offered_where_it_can_be_lifted() {
    run(async {
        let scale = format!("{CHECKOUT}/deployment/checkout-api/scale");
        let page = as_person("on-call", &format!("{scale}?replicas=9")).await;
        let words = [
            "Largest change — At most 50 % of the replicas may change at once; this changes 200 % (3 → 9).",
            "Ask for it to be lifted: needs 2 signatures",
            "Ask to scale checkout-api",
        ];
        holds_all(&page, &words);
        assert!(page.html.contains("name=\"lift-largest-change\" required"));

        let page = as_person("on-call", &format!("{scale}?replicas=0")).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "This cannot be asked for as it stands",
            "Ready floor — At least 1 replicas must stay ready; 0 would.",
            "It cannot be lifted here. The owners of actions.toml",
        ];
        holds_all(&page, &words);
        assert!(!asks(&page), "no form");
    });
}

#[test]
fn an_approver_is_told_first_what_an_approval_would_lift() {
    run(async {
        let page = as_person("approver", &format!("/requests/{}", SITE.scale)).await;
        let words = [
            "Scale checkout-worker",
            "This request asks for guard rails to be lifted",
            "this changes 200 % (2 → 6)",
            "Replicas 6",
            "spec.replicas changed 2 6",
            "0 of 2. One of each must sign: code owners",
            "Approve and sign",
        ];
        holds_all(&page, &words);
        let html = &page.html;
        assert!(html.find("to be lifted").unwrap() < html.find("Approve and sign").unwrap());
    });
}

#[test]
fn what_is_under_way_says_how_far_it_has_come() {
    run(async {
        let path = format!("/requests/{}", SITE.under_way);
        let page = as_person("on-call", &path).await;
        let way = "Ordered Accepted by the cluster An old pod ends A new pod has a node A new pod is ready Outcome seen";
        let ends = "The watch ends in 5 min.";
        holds_all(&page, &[way, ends, "checkout-worker-7c5d4b9f8-b6vfj ContainerCreating"]);
        let behind = page.html.matches("data-state=\"done\"").count();
        let of_the_wizard = 2;
        assert_eq!(behind, 5 + of_the_wizard, "all but the outcome");
        let failed = as_person("on-call", &format!("/requests/{}", SITE.failed)).await;
        assert!(!text(&failed).contains("Accepted by the cluster"), "nothing is under way");
    });
}

#[test]
fn what_failed_says_so_and_offers_the_way_back() {
    run(async {
        let path = format!("/requests/{}", SITE.failed);
        let page = as_person("on-call", &path).await;
        let words = [
            "Restart every pod of checkout-api",
            "the new pod checkout-api-6d8f9c7b5-x2x7k does not run: CrashLoopBackOff.",
            "The way back: Roll checkout-api back",
        ];
        holds_all(&page, &words);
        assert!(page.html.contains("/tenants/tokyo/checkout/deployment/checkout-api/rollback\""));
        let open = as_person("on-call", &format!("/requests/{}", SITE.scale)).await;
        assert!(!open.html.contains("The way back"), "nothing was done yet");
    });
}

#[test]
fn the_way_back_of_a_scale_leads_to_the_number_before() {
    run(async {
        let page = as_person("on-call", &format!("/requests/{}", SITE.scaled)).await;
        holds_all(&page, &["The way back: Scale checkout-worker"]);
        assert!(page.html.contains("/deployment/checkout-worker/scale?replicas=2\""));
    });
}

#[test]
fn what_failed_shows_its_last_lines_or_why_there_are_none() {
    run(async {
        let path = format!("/requests/{}", SITE.failed);
        let page = as_person("on-call", &path).await;
        let title = "Last lines of checkout-api in checkout-api-6d8f9c7b5-x2x7k, before it was started again";
        holds_all(&page, &[title, "heap: 511 MiB of 512 MiB in use"]);
        assert!(
            page.html.contains("page=418&amp;size=10000 &lt;- 200 after"),
            "as text, no markup"
        );
        assert!(!page.html.contains('\u{1b}') && !page.html.contains("[31m"));

        let page = as_person("approver", &path).await;
        holds_all(&page, &[title, "your own user needs get on pods/log here"]);
        assert!(!page.html.contains("heap:"));
        let under_way = as_person("on-call", &format!("/requests/{}", SITE.under_way)).await;
        assert!(!text(&under_way).contains("Last lines"), "its new pod is on its way");
    });
}

#[test]
fn lists_and_history_call_each_action_by_its_name() {
    run(async {
        let page = as_person("on-call", "/requests").await;
        holds_all(&page, &["Restart pod checkout-api-6d8f9c7b5-x2x7k", "Scale checkout-worker"]);
        let page = as_person("security", "/history").await;
        holds_all(&page, &["Restart pod", "Roll back", "Cancel job"]);
        assert!(page.html.contains("<option value=\"run-cronjob-now\""));
    });
}

#[test]
fn the_palette_finds_tenants_objects_and_actions_and_nothing_hidden() {
    run(async {
        let find = async |login: &str, words: &str| {
            let path = format!(
                "/pages/app/palette/read/find_places?words={words}&at=/tenants/tokyo/checkout"
            );
            let page = as_person(login, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.html);
            page.html
        };
        assert!(find("on-call", "ledger").await.contains("/tenants/tokyo/ledger\""));
        assert!(find("on-call", "x2x7k").await.contains("/pods/checkout-api-6d8f9c7b5-x2x7k\""));
        let scale = find("on-call", "scale%20checkout-api").await;
        assert!(scale.contains("/deployment/checkout-api/scale\""), "{scale}");
        assert_eq!(find("on-call", "vault").await, "[]");
        assert_eq!(find("on-call", "no-such-thing").await, "[]");
        let many = find("on-call", "o").await;
        assert!(many.matches("href").count() <= 20, "{many}");
        assert!(!find("on-call", "people").await.contains("/people"));
        assert!(find("admin", "people").await.contains("/people"));
    });
}

#[test]
fn japanese_pages_hold_no_english_sentence() {
    run(async {
        let scale = format!("{CHECKOUT}/deployment/checkout-api/scale");
        let paths = [
            format!("{CHECKOUT}/deployment/checkout-api"),
            format!("{CHECKOUT}/pods/checkout-api-6d8f9c7b5-x2x7k"),
            "/tenants/tokyo/refunds/deployment/refunds-api".to_owned(),
            scale.clone(),
            format!("{scale}?replicas=9"),
            format!("{scale}?replicas=0"),
            format!("{scale}?replicas=x"),
            format!("{CHECKOUT}/deployment/checkout-api/rollback"),
            format!("{CHECKOUT}/deployment/checkout-api/set-resources"),
            format!("/requests/{}", SITE.scale),
            format!("/requests/{}", SITE.failed),
            format!("/requests/{}", SITE.under_way),
            "/history".to_owned(),
            "/access".to_owned(),
            "/access/tokyo/checkout".to_owned(),
            "/access/tokyo/checkout/debug".to_owned(),
            format!("/grants/{}", SITE.role),
            "/break-glass".to_owned(),
            "/break-glass/tokyo/checkout".to_owned(),
            format!("/break-glass/{}", SITE.sessions.declared),
            format!("/break-glass/{}", SITE.sessions.barred),
            format!("/break-glass/{}", SITE.sessions.live),
            format!("/break-glass/{}", SITE.sessions.closed),
            "/reviews".to_owned(),
            "/reviews?state=live".to_owned(),
            "/reviews?state=judged".to_owned(),
            format!("/reviews/{}", SITE.sessions.closed),
            format!("/reviews/{}", SITE.sessions.judged),
        ];
        for path in paths {
            for login in ["on-call", "engineer", "approver"] {
                let text = text(&in_japanese(login, &path).await);
                // What people wrote and what clusters say stays as it is.
                let text = text
                    .replace("Connection pool is wedged after the database failover; the other replicas recovered once they were restarted.", "")
                    .replace("Back-off restarting failed container", "")
                    .replace("Container image already present on machine", "")
                    .replace("containers with unready status", "");
                assert!(
                    text.contains(|c: char| c >= '\u{3040}'),
                    "{path} as {login} is not Japanese"
                );
                assert_eq!(sentence(&text), None, "{path} as {login}");
            }
        }
    });
}

/// Five plain English words in a row, if there are such.
fn sentence(text: &str) -> Option<String> {
    let is_word = |word: &&str| {
        let word = word.trim_end_matches(['.', ',', ';', ':']);
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase())
    };
    let words: Vec<_> = text.split_whitespace().collect();
    let found = words.windows(5).find(|words| words.iter().all(is_word));
    found.map(|words| words.join(" "))
}
