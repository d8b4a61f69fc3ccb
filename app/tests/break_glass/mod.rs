//! The pages of break-glass and of its reviews as the server sends them.

use axum::http::StatusCode;

use super::{
    SITE,
    actions::{holds_all, in_japanese, text},
    as_person, run,
};

const DECLARE: &str = "/break-glass/tokyo/checkout";
const BANNER: &str = "approver broke glass in tokyo/checkout: look, alone";

/// What is not the banner's.
fn lacks_all(text: &str, words: &[&str]) {
    for words in words {
        assert!(!text.contains(words), "{words:?} stands in {text}");
    }
}

#[test]
fn the_form_has_the_smallest_role_chosen_and_says_what_comes() {
    run(async {
        let tenant = as_person("engineer", "/tenants/tokyo/checkout").await;
        assert!(tenant.html.contains(&format!("href=\"{DECLARE}\"")));
        let page = as_person("engineer", DECLARE).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "Break-glass in tokyo/checkout",
            "look Reads only up to 30 min See pods",
            "debug Reaches Secrets up to 30 min A shell",
            "operate",
            "It cannot be taken",
            "From 1 min to 30 min.",
            "Is asked to approve approver",
            "Open it alone 10 min after you declare it, if nobody has approved by then.",
            "Nobody is notified",
            "Declare: look in tokyo/checkout",
        ];
        holds_all(&page, &words);
        lacks_all(&text(&page), &["You cannot open a session alone"]);
        let radios: Vec<_> =
            page.html.split("<input").filter(|it| it.contains("type=\"radio\"")).collect();
        let chosen = |radio: &&&str| radio.split('>').next().unwrap().contains(" checked");
        let chosen: Vec<_> = radios.iter().filter(chosen).collect();
        assert_eq!(radios.len(), 3);
        assert!(chosen.len() == 1 && chosen[0].contains("value=\"look\""), "{chosen:?}");
    });
}

#[test]
fn whoever_may_not_open_alone_is_told_why_and_that_an_approver_may() {
    run(async {
        let form = as_person("approver", DECLARE).await;
        let words = [
            "You cannot open a session alone",
            "A session that you opened alone is live. Close it first.",
            "an approver can open it",
            "Nobody could approve it now.",
        ];
        holds_all(&form, &words);
        let path = format!("/break-glass/{}", SITE.sessions.barred);
        let session = as_person("approver", &path).await;
        let words = [
            "A session that you opened alone is live. Close it first.",
            "An approval opens it still. Call whoever was asked: Nobody could approve it.",
            "Withdraw the declaration",
        ];
        holds_all(&session, &words);
        lacks_all(&text(&session), &["Open the session and sign", "Alone from"]);
    });
}

#[test]
fn glass_is_broken_where_one_is_let_and_a_hidden_tenant_is_none() {
    run(async {
        let page = as_person("security", "/break-glass/tokyo/vault").await;
        holds_all(&page, &["Declare: look in tokyo/vault"]);
        let page = as_person("admin", "/break-glass/tokyo/kube-system").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_declared_session_counts_down_and_only_its_holder_opens_it() {
    run(async {
        let path = format!("/break-glass/{}", SITE.sessions.declared);
        let holder = as_person("engineer", &path).await;
        assert_eq!(holder.status, StatusCode::OK);
        let words = [
            "Break-glass: debug in tokyo/checkout",
            "Declared, not opened",
            "What is broken Nobody can pay",
            "What you will do Restart the pool",
            "Incident INC-2041",
            "Was asked approver",
            "Was on call on-call",
            "Alone from in 10 min",
            "You can open it alone in 10 min",
            "Open the session and sign",
            "Withdraw the declaration",
            "pods/exec core create Reaches Secrets",
        ];
        holds_all(&holder, &words);
        let button = holder.html.split("<button").find(|it| it.contains("Open the session and"));
        assert!(button.unwrap().contains("aria-disabled=\"true\""));

        let bystander = as_person("on-call", &path).await;
        holds_all(&bystander, &["Alone from in 10 min"]);
        let mine = ["Open the session and sign", "Withdraw the declaration", "Approve and sign"];
        lacks_all(&text(&bystander), &mine);

        let approver = as_person("approver", &path).await;
        holds_all(&approver, &["everything that was declared", "Approve and sign"]);
        lacks_all(&text(&approver), &["Open the session and sign"]);
    });
}

#[test]
fn a_session_has_one_page_and_every_list_leads_there() {
    run(async {
        let id = SITE.sessions.declared;
        let href = format!("href=\"/break-glass/{id}\"");
        let as_grant = as_person("approver", &format!("/grants/{id}")).await;
        assert!(as_grant.html.contains(&href));
        lacks_all(&text(&as_grant), &["Approve and sign"]);
        for (login, path) in [("engineer", "/access"), ("approver", "/")] {
            assert!(as_person(login, path).await.html.contains(&href), "{path}");
        }
        let nil = uuid::Uuid::nil();
        for path in [
            format!("/break-glass/{nil}"),
            format!("/break-glass/{}", SITE.role),
            "/break-glass/nonsense".to_owned(),
            "/break-glass/tokyo/nonsense".to_owned(),
            "/break-glass/TOKYO/checkout".to_owned(),
            format!("/reviews/{nil}"),
            format!("/reviews/{}", SITE.sessions.declared),
            "/reviews/nonsense".to_owned(),
        ] {
            assert_eq!(as_person("engineer", &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn a_live_session_is_on_every_page_of_whoever_sees_its_tenant_and_of_nobody_else() {
    run(async {
        for path in ["/", "/tenants", "/history", "/tenants/tokyo/checkout", "/nonsense"] {
            let page = as_person("engineer", path).await;
            holds_all(&page, &[BANNER, "Ends in 40 min", "Show the session"]);
            lacks_all(&text(&page), &["tokyo/vault"]);
            assert!(!page.html.contains("Close the session of"), "{path}");
        }
        let security = as_person("security", "/account").await;
        holds_all(&security, &[BANNER, "security broke glass in tokyo/vault: look, alone"]);
        assert!(security.html.contains("Close the session of approver in tokyo/checkout"));
        let admin = as_person("admin", "/people").await;
        lacks_all(&text(&admin), &["broke glass", "tokyo/checkout"]);
    });
}

#[test]
fn live_sessions_are_listed_with_the_way_to_declare_one() {
    run(async {
        let page = as_person("security", "/break-glass").await;
        assert_eq!(page.status, StatusCode::OK);
        let words =
            ["approver Live tokyo/checkout look Alone in 40 min Close", "Declare an emergency"];
        holds_all(&page, &words);
        lacks_all(&text(&page), &["broke glass"]);
        assert!(page.html.contains("href=\"/reviews\""));
        assert!(page.html.contains("href=\"/break-glass/tokyo/vault\""));
        let nobody = as_person("admin", "/break-glass").await;
        holds_all(&nobody, &["No session is live", "Choose among your tenants"]);
        lacks_all(&text(&nobody), &["Declared, not opened"]);
        for login in ["engineer", "approver"] {
            let page = as_person(login, "/break-glass").await;
            holds_all(&page, &["Declared, not opened", "debug Break-glass Waits for approval"]);
            let href = format!("href=\"/break-glass/{}\"", SITE.sessions.declared);
            assert!(page.html.contains(&href), "{login}");
        }
    });
}

#[test]
fn its_holder_uses_and_closes_a_live_session_and_owners_close_it() {
    run(async {
        let path = format!("/break-glass/{}", SITE.sessions.live);
        let holder = as_person("approver", &path).await;
        let words = [
            "approver holds look here.",
            "What you ask for in this tenant from now on needs no approval",
            "Make a kubeconfig",
            "Close the session",
            "alone, by approver's own touch",
        ];
        holds_all(&holder, &words);
        let bystander = as_person("engineer", &path).await;
        holds_all(&bystander, &["approver holds look here."]);
        let mine = ["needs no approval", "Make a kubeconfig", "Close the session", "broke glass"];
        lacks_all(&text(&bystander), &mine);
    });
}

#[test]
fn within_a_session_an_action_says_that_it_needs_no_approval() {
    run(async {
        let path = "/tenants/tokyo/vault/statefulset/vault/rollout-restart";
        let page = as_person("security", path).await;
        let words = [
            "No approval is needed: your break-glass session is live here",
            "None: your own touch carries it out",
        ];
        holds_all(&page, &words);
        let href = format!("href=\"/break-glass/{}\"", SITE.sessions.hidden);
        assert!(page.html.contains(&href));
    });
}

#[test]
fn whoever_closed_a_session_owes_an_account_of_it() {
    run(async {
        let path = format!("/break-glass/{}", SITE.sessions.closed);
        let holder = as_person("engineer", &path).await;
        let words = ["It is due in 1 d.", "What you found", "File the account", "Open the review"];
        holds_all(&holder, &words);
        let other = as_person("on-call", &path).await;
        lacks_all(&text(&other), &["File the account", "Open the review"]);
    });
}

#[test]
fn home_tells_what_somebody_owes() {
    run(async {
        let holder = as_person("engineer", "/").await;
        holds_all(&holder, &["1 account of a break-glass session is yours to file"]);
        assert!(holder.html.contains(&format!("href=\"/break-glass/{}\"", SITE.sessions.closed)));
        let reviewer = as_person("approver", "/").await;
        holds_all(&reviewer, &["1 review waits for your verdict"]);
        assert!(reviewer.html.contains("href=\"/reviews\""));
        let other = as_person("on-call", "/").await;
        lacks_all(&text(&other), &["waits for your verdict", "yours to file"]);
    });
}

#[test]
fn a_case_sets_what_was_declared_beside_what_was_done() {
    run(async {
        let path = format!("/reviews/{}", SITE.sessions.closed);
        let reviewer = as_person("security", &path).await;
        assert_eq!(reviewer.status, StatusCode::OK);
        let words = [
            "Review: engineer in tokyo/checkout",
            "To be judged",
            "What is broken Nobody can pay",
            "alone, by engineer's own touch",
            "Reviewer approver",
            "No account yet",
            "engineer owes it.",
            "directly on the cluster is not seen here",
            "Break-glass Asked by engineer",
            "Succeeded by engineer",
            "Justified, with follow-ups",
            "Choose what you find first.",
            "Sign the verdict",
        ];
        holds_all(&reviewer, &words);
        assert!(reviewer.html.contains("href=\"/requests/00000000-"));
        holds_all(&as_person("approver", &path).await, &["Sign the verdict"]);

        let own = as_person("engineer", &path).await;
        holds_all(&own, &["No account yet"]);
        lacks_all(&text(&own), &["Sign the verdict"]);
        assert_eq!(as_person("on-call", &path).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_judged_session_shows_verdict_and_account() {
    run(async {
        let page = as_person("security", &format!("/reviews/{}", SITE.sessions.judged)).await;
        let words = [
            "Justified, with follow-ups",
            "security signed this verdict.",
            "Find the leak",
            "What on-call says of it",
            "Restarted it twice",
        ];
        holds_all(&page, &words);
        lacks_all(&text(&page), &["Sign the verdict", "No account yet"]);
    });
}

#[test]
fn reviews_are_listed_by_how_they_stand() {
    run(async {
        let open = as_person("security", "/reviews").await;
        let words = [
            "Last 30 days sessions: 4; alone: 4; unjustified: 0",
            "the 30 days before: sessions: 0; alone: 0; unjustified: 0",
            "Owed now verdicts: 1, of these late: 0; accounts overdue: 0",
            "engineer INC-2 To be judged account owed tokyo/checkout",
            "in 1 d",
        ];
        holds_all(&open, &words);
        lacks_all(&text(&open), &["INC-1", "INC-3"]);
        let live = as_person("security", "/reviews?state=live").await;
        holds_all(&live, &["approver INC-1 Session is live", "security INC-4"]);
        let judged = as_person("security", "/reviews?state=judged").await;
        holds_all(&judged, &["on-call INC-3 Justified, with follow-ups"]);
        let none = as_person("on-call", "/reviews").await;
        holds_all(&none, &["Nothing is to be judged"]);
        lacks_all(&text(&none), &["Last 30 days"]);
    });
}

#[test]
fn a_japanese_reader_reads_japanese() {
    run(async {
        let form = in_japanese("approver", DECLARE).await;
        holds_all(&form, &["単独ではセッションを開始できません", "宣言：tokyo/checkout の look"]);
        let home = in_japanese("engineer", "/").await;
        holds_all(&home, &["approver が tokyo/checkout でブレークグラスを使用中：look（単独）"]);
        let case = in_japanese("security", &format!("/reviews/{}", SITE.sessions.closed)).await;
        holds_all(&case, &["報告は未提出です", "判定に署名"]);
    });
}
