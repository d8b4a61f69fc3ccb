//! The page of who can do what as the server sends it.

use axum::http::StatusCode;

use super::{
    actions::{holds_all, text},
    as_person, run,
};

const PATH: &str = "/tenants/tokyo/checkout/access";

#[test]
fn each_path_is_told_with_what_it_gives_and_no_hidden_tenant_is_named() {
    run(async {
        let tenant = as_person("engineer", "/tenants/tokyo/checkout").await;
        assert!(tenant.html.contains(&format!("href=\"{PATH}\"")));
        let page = as_person("engineer", PATH).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "Who can do what in tokyo/checkout",
            "Members of system:masters may do everything",
            "shells, of this namespace ClusterRole shell create on pods/exec Reaches Secrets",
            "checkout/robot service account standing cleaning, of this namespace",
            "delete on pods only api-0 For named objects only Changes things",
            "A service account of another namespace standing A binding of the whole cluster",
        ];
        holds_all(&page, &words);
        assert!(!text(&page).contains("vault"), "{}", text(&page));
    });
}

#[test]
fn a_question_that_is_malformed_keeps_its_form() {
    run(async {
        let page = as_person("engineer", &format!("{PATH}?verb=DELETE")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        holds_all(&page, &["Who can do what in tokyo/checkout", "a verb of RBAC"]);
        assert!(page.html.contains("value=\"DELETE\""));
        let nobody = as_person("engineer", &format!("{PATH}?verb=escalate&resource=roles")).await;
        holds_all(&nobody, &["Nobody can do that here", "Ask about everything"]);
    });
}

#[test]
fn of_a_hidden_tenant_it_is_the_same_404_as_of_none() {
    run(async {
        let hidden = as_person("engineer", "/tenants/tokyo/vault/access").await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        for path in ["/tenants/tokyo/nonsense/access", "/tenants/TOKYO/checkout/access"] {
            let page = as_person("engineer", path).await;
            assert_eq!((page.status, text(&page)), (hidden.status, text(&hidden)), "{path}");
        }
    });
}
