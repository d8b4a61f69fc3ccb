//! Roles for a time, as the cluster holds them: each its own account and binding, with the console's own power alone.

use domain::{
    ProblemCode,
    grants::{FoundBinding, GRANT_LABEL, Grant, RoleRule, Scan, Standing, UNTIL_ANNOTATION},
    resources::ClusterError,
};
use k8s_openapi::api::{
    authentication::v1::TokenRequest,
    core::v1::{ConfigMap, ServiceAccount},
    rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding},
};
use kube::{
    Api, Client, Config,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};

use crate::{
    desk::Desk,
    fixtures::create,
    rbac,
    stage::{Stage, eventually, new_namespace, user},
};

pub(super) const ACCOUNTS: &str = "sekisho-grants";
const RBAC: &str = "rbac.authorization.k8s.io";

/// What the cluster holds of this grant.
async fn standing(stage: &Stage, grant: &Grant, scan: Scan) -> Standing {
    let mut found = stage.cluster.grants().standing(scan).await.unwrap();
    let account = format!("ServiceAccount {ACCOUNTS}/{}", grant.account_name());
    let reaches = |it: &FoundBinding| it.subjects.contains(&account);
    found.bindings.retain(|it| it.grant == Some(grant.body.id) || reaches(it));
    found.accounts.retain(|it| it.name == grant.account_name());
    found
}

/// The code of a refusal.
pub(super) fn code<T: std::fmt::Debug>(answer: kube::Result<T>) -> u16 {
    match answer {
        Err(kube::Error::Api(status)) => status.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// A client with the kubeconfig that its holder is handed, and nothing else.
async fn with_kubeconfig(desk: &Desk<'_>, grant: &Grant) -> Client {
    let file = desk.kubeconfig(grant.body.id).await.unwrap().kubeconfig;
    let kubeconfig: Kubeconfig = serde_json::from_str(&file).unwrap();
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await.unwrap();
    config.default_retry = false;
    Client::try_from(config).unwrap()
}

pub(crate) async fn a_role_is_given_to_an_account_of_its_own_and_taken_away(stage: &Stage) {
    let desk = Desk::at(stage);
    let grant = desk.given("look").await;
    let found = standing(stage, &grant, Scan::Labelled).await;
    let [binding] = found.bindings.as_slice() else { panic!("one binding: {found:?}") };
    assert!(binding.is_of(&grant), "{binding:?}");
    let held = grant.state.held().unwrap();
    let [account] = found.accounts.as_slice() else { panic!("one account: {found:?}") };
    assert_eq!((&account.uid, &binding.uid), (&held.account_uid, &held.binding_uid));

    let holder = with_kubeconfig(&desk, &grant).await;
    let there: Api<ConfigMap> = Api::namespaced(holder.clone(), stage.namespace.as_str());
    eventually("the role's power", async || there.list(&ListParams::default()).await.ok()).await;
    let elsewhere: Api<ConfigMap> = Api::namespaced(holder, "default");
    assert_eq!(code(elsewhere.list(&ListParams::default()).await), 403);
    let own = Client::try_from(stage.ground.user(rbac::ON_CALL).await).unwrap();
    let own: Api<ConfigMap> = Api::namespaced(own, stage.namespace.as_str());
    assert_eq!(
        code(own.list(&ListParams::default()).await),
        403,
        "the person has no more than before"
    );

    assert!(desk.taken(grant.body.id).await);
    assert_eq!(standing(stage, &grant, Scan::Everything).await, Standing::default());
    eventually("the end of the power", async || {
        let refused = there.list(&ListParams::default()).await;
        matches!(refused, Err(kube::Error::Api(status)) if [401, 403].contains(&status.code))
            .then_some(())
    })
    .await;
}

pub(crate) async fn two_grants_of_one_role_end_each_for_itself(stage: &Stage) {
    let desk = Desk::at(stage);
    let (one, other) = (desk.given("look").await, desk.given("look").await);
    assert!(desk.taken(one.body.id).await);
    assert_eq!(standing(stage, &one, Scan::Everything).await, Standing::default());
    let found = standing(stage, &other, Scan::Everything).await;
    assert_eq!((found.bindings.len(), found.accounts.len()), (1, 1));
}

pub(crate) async fn a_role_of_the_company_is_granted_with_its_rules_as_they_are(stage: &Stage) {
    let desk = Desk::at(stage);
    let missing = desk.ask_for_role("company").await.unwrap_err();
    assert_eq!((missing.code, missing.facts["why"].as_str()), (ProblemCode::RoleUnfit, "missing"));
    let define = async |name: &str, resource: &str| {
        let rules = json!([{"apiGroups": [""], "resources": [resource], "verbs": ["list", "get"]}]);
        let role = json!({"apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRole",
            "metadata": {"name": name}, "rules": rules});
        create(&stage.admin, None, role).await;
    };
    define("contract:company", "configmaps").await;
    define("contract:wild", "*").await;
    let grant = desk.given("company").await;
    let set = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    let signed = RoleRule {
        api_groups: set(&[""]),
        resources: set(&["configmaps"]),
        resource_names: set(&[]),
        verbs: set(&["get", "list"]),
    };
    assert_eq!(grant.body.role.rules, [signed]);
    assert!(desk.taken(grant.body.id).await);
    let wild = desk.ask_for_role("wild").await.unwrap_err();
    assert_eq!((wild.code, wild.facts["why"].as_str()), (ProblemCode::RoleUnfit, "wildcard"));
    let everywhere: Api<ClusterRole> = Api::all(stage.admin.clone());
    for name in ["contract:company", "contract:wild"] {
        everywhere.delete(name, &DeleteParams::default()).await.unwrap();
    }
}

pub(crate) async fn what_is_copied_or_edited_by_hand_is_seen(stage: &Stage) {
    let desk = Desk::at(stage);
    let grant = desk.given("look").await;
    let bindings: Api<RoleBinding> = Api::namespaced(stage.admin.clone(), stage.namespace.as_str());
    let mut copy = bindings.get(&grant.binding_name()).await.unwrap();
    copy.metadata = kube::core::ObjectMeta {
        name: Some("copied".to_owned()),
        ..kube::core::ObjectMeta::default()
    };
    let elsewhere = new_namespace(&stage.admin, "copied").await;
    let there: Api<RoleBinding> = Api::namespaced(stage.admin.clone(), elsewhere.as_str());
    there.create(&PostParams::default(), &copy).await.unwrap();
    let labelled = standing(stage, &grant, Scan::Labelled).await;
    assert_eq!(labelled.bindings.len(), 1, "a copy without the label");
    let all = standing(stage, &grant, Scan::Everything).await;
    let others: Vec<_> = all.bindings.iter().filter(|it| !it.is_of(&grant)).collect();
    let [copied] = others.as_slice() else { panic!("one copy: {all:?}") };
    assert_eq!(copied.place(), format!("RoleBinding {elsewhere}/copied"));
    there.delete("copied", &DeleteParams::default()).await.unwrap();

    // RBAC takes an account by the name that it has as a user, too.
    let name = format!("system:serviceaccount:{ACCOUNTS}:{}", grant.account_name());
    copy.subjects = convert(&json!([{"kind": "User", "apiGroup": RBAC, "name": name}]));
    there.create(&PostParams::default(), &copy).await.unwrap();
    let all = standing(stage, &grant, Scan::Everything).await;
    assert!(all.bindings.iter().any(|it| it.place().ends_with("/copied")), "{all:?}");
    there.delete("copied", &DeleteParams::default()).await.unwrap();

    let more = json!({"subjects": [
        {"kind": "ServiceAccount", "name": grant.account_name(), "namespace": ACCOUNTS},
        {"kind": "User", "apiGroup": RBAC, "name": rbac::STRANGER}]});
    let params = PatchParams::default();
    bindings.patch(&grant.binding_name(), &params, &Patch::Merge(more)).await.unwrap();
    let edited = standing(stage, &grant, Scan::Labelled).await;
    assert!(!edited.bindings[0].is_of(&grant), "{edited:?}");
    assert!(desk.taken(grant.body.id).await, "what was edited is taken away like any other");
}

pub(crate) async fn what_a_finalizer_keeps_is_not_gone(stage: &Stage) {
    let desk = Desk::at(stage);
    let grant = desk.given("look").await;
    let bindings: Api<RoleBinding> = Api::namespaced(stage.admin.clone(), stage.namespace.as_str());
    let finalizers = |names: &[&str]| Patch::Merge(json!({"metadata": {"finalizers": names}}));
    let (name, params) = (grant.binding_name(), PatchParams::default());
    bindings.patch(&name, &params, &finalizers(&["example.org/keep"])).await.unwrap();
    let kept = desk.try_taken(grant.body.id).await.unwrap_err();
    assert_eq!(kept.code, ProblemCode::ClusterUnavailable);
    let found = standing(stage, &grant, Scan::Everything).await;
    assert_eq!(
        (found.bindings.len(), found.accounts.len()),
        (1, 0),
        "its account went all the same"
    );
    bindings.patch(&name, &params, &finalizers(&[])).await.unwrap();
    assert!(desk.end_now(grant.body.id).await);
}

pub(crate) async fn what_stands_there_already_is_not_taken_for_ours(stage: &Stage) {
    let desk = Desk::at(stage);
    let asked = desk.ask_for_role("look").await.unwrap();
    let grant = desk.grant(asked.id).await;
    let role = &grant.body.role.cluster_role;
    let planted = json!({"apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": {"name": grant.binding_name(), "labels": {GRANT_LABEL: asked.id.to_string()},
            // Whoever reaps what has expired leaves it alone.
            "annotations": {UNTIL_ANNOTATION: "2999-01-01T00:00:00Z"}},
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "User", "apiGroup": RBAC, "name": rbac::STRANGER}]});
    stage.create(planted).await;
    desk.approve(&asked).await.unwrap();
    let ending = desk.grant(asked.id).await;
    assert_eq!(ending.state.name().as_str(), "ending");
    desk.end_now(asked.id).await;
    assert_eq!(standing(stage, &grant, Scan::Everything).await, Standing::default());
}

pub(crate) async fn the_console_gives_listed_roles_in_tenants_and_nothing_else(stage: &Stage) {
    let console = stage.console_speaking(|_| ()).await;
    let tenant = stage.namespace.as_str();
    let outside = new_namespace(&stage.admin, "outside").await;
    let written = |role: &str| {
        json!({"metadata": {"generateName": "planted-"},
            "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": role},
            "subjects": [{"kind": "ServiceAccount", "name": "x", "namespace": ACCOUNTS}]})
    };
    let params = PostParams::default();
    let bind = async |namespace: &str, role: &str| {
        let bindings: Api<RoleBinding> = Api::namespaced(console.clone(), namespace);
        bindings.create(&params, &convert(&written(role))).await
    };
    let listed = "sekisho:role:look";
    for (namespace, role) in [
        (tenant, "sekisho:act:delete-pod"),
        (tenant, "sekisho:grants:accounts"),
        (tenant, "cluster-admin"),
        (outside.as_str(), listed),
        (ACCOUNTS, listed),
        ("default", listed),
    ] {
        assert_eq!(code(bind(namespace, role).await), 403, "{namespace} {role}");
    }
    // RBAC lets everybody hand on what they hold themselves: that is the second, and docs/security.md says so.
    for role in [listed, "sekisho:grants:bindings"] {
        let made = bind(tenant, role).await.unwrap();
        let bindings: Api<RoleBinding> = Api::namespaced(console.clone(), tenant);
        bindings.delete(&made.metadata.name.unwrap(), &DeleteParams::default()).await.unwrap();
    }

    let everywhere: Api<ClusterRoleBinding> = Api::all(console.clone());
    let wide: ClusterRoleBinding = convert(&written(listed));
    assert_eq!(code(everywhere.create(&params, &wide).await), 403);
    let role: Role = convert(&json!({"metadata": {"name": "planted"}, "rules": []}));
    let roles: Api<Role> = Api::namespaced(console.clone(), tenant);
    assert_eq!(code(roles.create(&params, &role).await), 403);
    let account: ServiceAccount = convert(&json!({"metadata": {"name": "planted"}}));
    for namespace in [tenant, outside.as_str(), "default"] {
        let accounts: Api<ServiceAccount> = Api::namespaced(console.clone(), namespace);
        assert_eq!(code(accounts.create(&params, &account).await), 403, "{namespace}");
        let request: TokenRequest = convert(&json!({"spec": {"audiences": []}}));
        let token = accounts.create_token_request("default", &params, &request).await;
        assert_eq!(code(token), 403, "{namespace}");
    }
}

fn convert<T: serde::de::DeserializeOwned>(from: &Value) -> T {
    serde_json::from_value(from.clone()).unwrap()
}

pub(crate) async fn what_somebody_may_do_already_is_told_by_the_cluster(stage: &Stage) {
    let keeper = stage.cluster.grants();
    let held = keeper.rules_of(&user(rbac::ON_CALL), &stage.namespace).await.unwrap();
    let covers = |resource: &str, verb: &str| {
        let power = domain::grants::Power { api_group: "", resource, name: None, verb };
        held.rules.iter().any(|rule| rule.covers(power))
    };
    assert!(covers("pods", "list") && !covers("pods", "delete") && !covers("configmaps", "get"));
    let unlisted = "unlisted@kawase.example".parse().unwrap();
    let refused = keeper.rules_of(&unlisted, &stage.namespace).await;
    assert!(matches!(refused, Err(ClusterError::Refused { .. })), "{refused:?}");
}
