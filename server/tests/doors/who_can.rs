//! Who can do what in a tenant: by which path, until when, and what nobody learns on the way.

use std::collections::BTreeSet;

use domain::{
    grants::{GRANTS_NAMESPACE, RoleRule},
    who_can::{Binding, Rbac, Reach, RoleRef, Subject},
};
use serde_json::{Value, json};

use crate::{asking::Signer, world::World};

const PATH: &str = "/api/v1/tenants/demo/checkout/access";

fn rule(resource: &str, names: &[&str]) -> RoleRule {
    RoleRule {
        api_groups: [String::new()].into(),
        resources: [resource.to_owned()].into(),
        resource_names: names.iter().map(ToString::to_string).collect(),
        verbs: ["delete".to_owned()].into(),
    }
}

fn account(namespace: &str) -> Subject {
    Subject::ServiceAccount { namespace: namespace.to_owned(), name: "robot".to_owned() }
}

fn user(name: &str) -> Subject {
    Subject::User { name: name.to_owned() }
}

fn group(name: &str) -> Subject {
    Subject::Group { name: name.to_owned() }
}

fn bound(name: &str, reach: Reach, role: &str, subjects: &[Subject]) -> Binding {
    let role = RoleRef::ClusterRole(role.to_owned());
    Binding { name: name.to_owned(), reach, role, subjects: subjects.to_vec() }
}

fn rbac() -> Rbac {
    let wide = [account("ledger"), group("system:serviceaccounts:ledger"), account("kube-system")];
    let narrow = [user("on-call"), user("somebody"), account("checkout"), account("ledger")];
    Rbac {
        bindings: vec![
            bound("ledger-cleaner", Reach::Cluster, "ledger-cleaning", &wide),
            bound("own", Reach::Namespace, "cleaning", &narrow),
            bound("acting", Reach::Namespace, "acts", &[group("sekisho:act:restart-pod")]),
        ],
        roles: [
            (
                RoleRef::ClusterRole("ledger-cleaning".into()),
                vec![
                    rule("pods", &[]),
                    rule("configmaps", &["ledger", "all"]),
                    rule("services", &["ledger"]),
                ],
            ),
            (RoleRef::ClusterRole("cleaning".into()), vec![rule("pods", &["api-0"])]),
            (RoleRef::ClusterRole("acts".into()), vec![rule("pods", &[])]),
        ]
        .into(),
    }
}

async fn seen_by(signer: &mut Signer, query: &str) -> Value {
    signer.browser.get(&format!("{PATH}{query}")).await.done()
}

fn who(seen: &Value) -> Vec<String> {
    let items = seen["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let text = |field: &str| item["who"][field].as_str().unwrap_or_default().to_owned();
            let named = [text("login"), text("namespace"), text("name"), text("action")].concat();
            format!("{} {named}", text("kind"))
        })
        .collect()
}

#[tokio::test]
async fn people_are_known_and_accounts_of_hidden_tenants_are_not_named() {
    let world = World::new().await;
    world.cluster.grants.says(rbac());
    let mut engineer = world.signer("engineer").await;
    let seen = seen_by(&mut engineer, "").await;
    let expected = [
        "person on-call",
        "user somebody",
        "action restart-pod",
        "service-account checkoutrobot",
        "hidden-account ",
        "hidden-account ",
        "hidden-account ",
        "service-account kube-systemrobot",
    ];
    assert_eq!(who(&seen), expected);
    let hidden: Vec<_> = seen["items"].as_array().unwrap()[4..7].to_vec();
    let bindings: BTreeSet<_> =
        hidden.iter().filter_map(|it| it["path"]["binding"].as_str()).collect();
    assert_eq!(bindings, ["own"].into(), "what stands in the tenant itself is its own to know");
    let told = Value::from(hidden).to_string();
    assert!(!told.contains("ledger"), "{told}");
    // Of what is of the whole cluster and for whom one may know, no object is named after a hidden tenant.
    let platform = &seen["items"][7]["path"];
    let rules = platform["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2, "{platform}");
    assert!(rules.iter().all(|rule| !rule["resource_names"].to_string().contains("ledger")));
}

#[tokio::test]
async fn whoever_sees_the_other_tenant_is_told_its_accounts() {
    let world = World::new().await;
    world.cluster.grants.says(rbac());
    let mut engineer = world.signer("engineer").await;
    world.policy.amend(|policy| {
        let engineer = policy.people.get_mut(&crate::policy::login("engineer")).unwrap();
        let teams = ["checkout", "ledger"].map(|team| team.parse().unwrap()).into();
        *engineer = domain::policy::Person { teams, ..engineer.as_ref().clone() }.into();
    });
    world.console.enforce_policy().await.unwrap();
    let seen = who(&seen_by(&mut engineer, "").await);
    assert!(seen.contains(&"service-account ledgerrobot".to_owned()), "{seen:?}");
    assert!(seen.contains(&"group system:serviceaccounts:ledger".to_owned()), "{seen:?}");
    assert!(!seen.iter().any(|it| it.starts_with("hidden")), "{seen:?}");
}

#[tokio::test]
async fn a_question_is_answered_by_its_paths_alone() {
    let world = World::new().await;
    world.cluster.grants.says(rbac());
    let mut engineer = world.signer("engineer").await;
    let mut ask = async |query: &str| who(&seen_by(&mut engineer, query).await);
    assert_eq!(ask("?verb=delete&resource=services&name=all").await, [""; 0]);
    assert_eq!(ask("?verb=get").await, [""; 0]);
    assert_eq!(
        ask("?verb=delete&resource=pods&subject=on-call").await,
        ["person on-call"],
        "a group that the cluster does not put them into by itself is not theirs"
    );
    assert_eq!(
        ask("?resource=pods&subject=system:serviceaccount:kube-system:robot").await,
        ["service-account kube-systemrobot"]
    );
    let named = seen_by(&mut engineer, "?verb=delete&resource=pods&subject=on-call").await;
    assert_eq!(named["items"][0]["only_named"], true);
    let one = seen_by(&mut engineer, "?verb=delete&resource=pods&subject=on-call&name=api-0").await;
    assert_eq!(one["items"][0]["only_named"], false);
}

#[tokio::test]
async fn asking_about_what_is_hidden_is_answered_like_asking_about_nothing() {
    let world = World::new().await;
    let mut rbac = rbac();
    let everybody = [group("system:serviceaccounts"), user("ledger-admin")];
    rbac.bindings.push(bound("ledger", Reach::Cluster, "cleaning", &everybody));
    world.cluster.grants.says(rbac);
    let mut engineer = world.signer("engineer").await;
    for (hidden, nothing) in [
        ("?name=ledger", "?name=nonsense"),
        ("?resource=services&name=ledger", "?resource=services&name=nonsense"),
        (
            "?subject=system:serviceaccount:ledger:robot",
            "?subject=system:serviceaccount:nonsense:robot",
        ),
    ] {
        let told = seen_by(&mut engineer, hidden).await;
        assert_eq!(told, seen_by(&mut engineer, nothing).await, "{hidden}");
    }
    let told = seen_by(&mut engineer, "?subject=system:serviceaccount:ledger:robot").await;
    assert_eq!(who(&told), ["group system:serviceaccounts"], "what every account has");
    assert_eq!(told["items"][0]["path"]["binding"], json!(null), "it is called like the tenant");
}

#[tokio::test]
async fn who_holds_a_temporary_role_is_told_with_its_end() {
    let (world, id, mut engineer) = World::with_holder().await;
    let subject = Subject::ServiceAccount {
        namespace: GRANTS_NAMESPACE.to_owned(),
        name: format!("grant-{id}"),
    };
    let stray = Subject::ServiceAccount {
        namespace: GRANTS_NAMESPACE.to_owned(),
        name: "grant-of-nobody".to_owned(),
    };
    let mut rbac = rbac();
    rbac.bindings.push(bound("given", Reach::Namespace, "cleaning", &[stray, subject]));
    world.cluster.grants.says(rbac);
    let seen = seen_by(&mut engineer, "").await;
    let held = engineer.grant(&id).await;
    let first = &seen["items"][0]["who"];
    assert_eq!(
        first,
        &json!({ "kind": "grant", "login": "engineer", "until": held["ends_at"], "role": "debug", "id": id })
    );
    assert!(who(&seen).contains(&"service-account sekisho-grantsgrant-of-nobody".to_owned()));
}

#[tokio::test]
async fn what_is_malformed_is_named_and_a_silent_cluster_tells_nothing() {
    let world = World::new().await;
    world.cluster.grants.says(rbac());
    let mut engineer = world.signer("engineer").await;
    for (query, field) in [
        ("?verb=DELETE", "verb"),
        ("?resource=certificates", "resource"),
        ("?resource=pods/", "resource"),
        ("?name=a/b", "name"),
    ] {
        let answer = engineer.browser.get(&format!("{PATH}{query}")).await;
        assert_eq!(answer.code(), (422, "malformed"), "{query}");
        assert_eq!(answer.body["field"], field);
    }
    world.cluster.grants.is_away(true);
    assert_eq!(engineer.browser.get(PATH).await.code(), (503, "cluster_unavailable"));
    let mut outsider = world.signer("outsider").await;
    assert_eq!(outsider.browser.get(PATH).await.code(), (404, "not_visible"));
}
