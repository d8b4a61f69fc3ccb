//! What has expired is ended without a console, by an account that can do nothing else.

use domain::{
    grants::{Grant, Scan, UNTIL_ANNOTATION},
    time::Timestamp,
};
use k8s_openapi::api::{
    core::v1::{Pod, Secret, ServiceAccount},
    rbac::v1::RoleBinding,
};
use kube::{
    Api, Client,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
};
use sekisho::cluster::Reaper;
use serde_json::json;

use super::grants::{ACCOUNTS, code};
use crate::{
    desk::Desk,
    rbac,
    stage::{Stage, eventually},
};

/// No grant of another scenario ends that early.
const LONG_AGO: &str = "2000-01-01T00:00:00Z";

/// Lets the time of a grant be over, as far as the cluster knows it.
async fn expire(stage: &Stage, grant: &Grant) {
    let over = Patch::Merge(json!({"metadata": {"annotations": {UNTIL_ANNOTATION: LONG_AGO}}}));
    let bindings: Api<RoleBinding> = Api::namespaced(stage.admin.clone(), stage.namespace.as_str());
    let accounts: Api<ServiceAccount> = Api::namespaced(stage.admin.clone(), ACCOUNTS);
    let params = PatchParams::default();
    bindings.patch(&grant.binding_name(), &params, &over).await.unwrap();
    accounts.patch(&grant.account_name(), &params, &over).await.unwrap();
}

pub(crate) async fn what_has_expired_is_ended_without_a_console(stage: &Stage) {
    let desk = Desk::at(stage);
    let (expired, held) = (desk.given("look").await, desk.given("look").await);
    expire(stage, &expired).await;
    let reaper = Reaper::connect(stage.ground.console(rbac::REAPER)).await.unwrap();
    let now: Timestamp = LONG_AGO.parse().unwrap();
    let stands = async |grant: &Grant| {
        let standing = stage.cluster.grants().standing(Scan::Labelled).await.unwrap();
        let is_bound = standing.bindings.iter().any(|it| it.grant == Some(grant.body.id));
        (is_bound, standing.accounts.iter().any(|it| it.name == grant.account_name()))
    };
    eventually("the end of what has expired", async || {
        let round = reaper.reap(now).await.ok()?;
        assert!(!format!("{:?}", round.gone).contains(&held.body.id.to_string()), "{round:?}");
        (stands(&expired).await == (false, false)).then_some(())
    })
    .await;
    assert_eq!(stands(&held).await, (true, true));
}

pub(crate) async fn the_reaper_only_ever_deletes(stage: &Stage) {
    let desk = Desk::at(stage);
    let grant = desk.given("look").await;
    let mut config = stage.ground.user(rbac::REAPER).await;
    config.default_retry = false;
    let reaper = Client::try_from(config).unwrap();
    let tenant = stage.namespace.as_str();
    let bindings: Api<RoleBinding> = Api::namespaced(reaper.clone(), tenant);
    let accounts: Api<ServiceAccount> = Api::namespaced(reaper.clone(), ACCOUNTS);
    eventually("its own power", async || bindings.list(&ListParams::default()).await.ok()).await;

    let longer = Patch::Merge(
        json!({"metadata": {"annotations": {UNTIL_ANNOTATION: "2999-01-01T00:00:00Z"}}}),
    );
    let (name, params) = (grant.binding_name(), PatchParams::default());
    assert_eq!(code(bindings.patch(&name, &params, &longer).await), 403);
    assert_eq!(code(accounts.patch(&grant.account_name(), &params, &longer).await), 403);
    let mut copy =
        Api::<RoleBinding>::namespaced(stage.admin.clone(), tenant).get(&name).await.unwrap();
    copy.metadata =
        kube::core::ObjectMeta { name: Some("copied".to_owned()), ..Default::default() };
    let post = PostParams::default();
    assert_eq!(code(bindings.create(&post, &copy).await), 403);
    let token = serde_json::from_value(json!({"spec": {"audiences": []}})).unwrap();
    let token = accounts.create_token_request(&grant.account_name(), &post, &token).await;
    assert_eq!(code(token), 403);
    let secrets: Api<Secret> = Api::namespaced(reaper.clone(), tenant);
    assert_eq!(code(secrets.list(&ListParams::default()).await), 403);
    let pods: Api<Pod> = Api::namespaced(reaper.clone(), tenant);
    let gone = pods.delete_collection(&DeleteParams::default(), &ListParams::default()).await;
    assert_eq!(code(gone), 403);
    let elsewhere: Api<RoleBinding> = Api::namespaced(reaper, "default");
    assert_eq!(code(elsewhere.delete("any", &DeleteParams::default()).await), 403, "no tenant");
    assert!(desk.taken(grant.body.id).await);
}
