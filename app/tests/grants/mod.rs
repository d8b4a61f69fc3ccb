//! The pages of roles for a time as the server sends them.

use axum::http::StatusCode;

use super::{
    SITE,
    actions::{holds_all, text},
    as_person, run,
};

#[test]
fn a_tenant_leads_to_its_roles_and_each_says_what_it_reaches() {
    run(async {
        let tenant = as_person("engineer", "/tenants/tokyo/checkout").await;
        assert!(tenant.html.contains("href=\"/access/tokyo/checkout\""));
        let page = as_person("engineer", "/access/tokyo/checkout").await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "look See pods Reads only 8 h 1",
            "debug A shell Reaches Secrets 2 h 1",
            "operate Change workloads It cannot be asked for",
        ];
        holds_all(&page, &words);
        assert!(page.html.contains("href=\"/access/tokyo/checkout/debug\""));
        assert!(!page.html.contains("href=\"/access/tokyo/checkout/operate\""));
    });
}

#[test]
fn whoever_asks_sees_what_it_adds_and_who_decides() {
    run(async {
        let page = as_person("engineer", "/access/tokyo/checkout/debug").await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "Ask for debug in tokyo/checkout",
            "Who makes a pod or enters one reads",
            "pods/exec core create Reaches Secrets",
            "Who holds it there Nobody else",
            "Approvals 1 approver",
            "From 1 min to 2 h.",
        ];
        holds_all(&page, &words);
    });
}

#[test]
fn an_address_of_no_role_or_tenant_is_the_same_404_as_a_hidden_one() {
    run(async {
        let hidden = as_person("engineer", "/access/tokyo/vault").await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        let nil = uuid::Uuid::nil();
        let paths = [
            "/access/tokyo/nonsense".to_owned(),
            "/access/TOKYO/checkout".to_owned(),
            "/access/tokyo/vault/debug".to_owned(),
            "/access/tokyo/checkout/nonsense".to_owned(),
            "/access/tokyo/checkout/No-Name".to_owned(),
            format!("/grants/{nil}"),
            "/grants/nonsense".to_owned(),
        ];
        for path in paths {
            let page = as_person("engineer", &path).await;
            assert_eq!(
                (page.status, text(&page)),
                (StatusCode::NOT_FOUND, text(&hidden)),
                "{path}"
            );
        }
    });
}

#[test]
fn each_sees_of_a_grant_what_they_may_do_about_it() {
    run(async {
        let path = format!("/grants/{}", SITE.role);
        let holder = as_person("engineer", &path).await;
        let words = [
            "debug · tokyo/checkout",
            "Waits for approval",
            "Take it back",
            "It cannot wait? Declare an emergency in tokyo/checkout",
            "0 of 1",
            "The pool leaks",
        ];
        holds_all(&holder, &words);
        assert!(!text(&holder).contains("Approve and sign"));
        let approver = as_person("approver", &path).await;
        holds_all(&approver, &["every rule shown here", "Approve and sign", "pods/exec"]);
        assert!(!text(&approver).contains("Take it back") && !text(&approver).contains("End it"));
        let bystander = as_person("on-call", &path).await;
        assert!(!text(&bystander).contains("Approve and sign"));

        let own = as_person("engineer", "/access").await;
        holds_all(&own, &["debug Waits for approval tokyo/checkout engineer"]);
        assert!(own.html.contains("aria-label=\"Take it back: debug in tokyo/checkout\""));
        let home = as_person("approver", "/").await;
        holds_all(&home, &["Roles that wait for you", "debug"]);
    });
}

#[test]
fn tokens_are_listed_for_whoever_they_were_issued_to() {
    run(async {
        let own = as_person("engineer", "/tokens").await;
        holds_all(&own, &["Every credential that was issued", "Over tokyo/checkout engineer"]);
        assert!(own.html.contains("href=\"/grants/00000000-0000-0000-0000-00000000000b\""));
        assert!(!text(&own).contains("Revoke the token"), "there is nothing left to revoke");
        holds_all(&as_person("on-call", "/tokens").await, &["No token was issued"]);
        let access = as_person("engineer", "/access").await;
        assert!(access.html.contains("href=\"/tokens\""));
    });
}
