//! Carrying an approved restart out.

use std::time::Duration;

use domain::actions::{EffectError, EffectSeen, RequestState, Verdict};
use serde_json::{Value, json};

use crate::{
    desk::Desk,
    fixtures::{delete, label, report, running},
    rbac,
    stage::{Stage, eventually},
};

/// How a request ended that the cluster was not changed by.
fn failed(now: &RequestState) -> &str {
    match now {
        RequestState::Failed(ended) => match &ended.outcome.verdict {
            Verdict::Failed { effect: EffectSeen::None, reason } => reason,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn an_eviction_goes_out_as_the_person_with_one_group(stage: &Stage) {
    let pod = stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let now = desk.carry_out(desk.begin().await).await;
    let RequestState::Executing(execution) = now else { panic!("{now:?}") };
    let audit_id = execution.accepted.unwrap().audit_id.expect("an audit id");
    stage
        .until("the end of the pod", || {
            stage.pod("api").is_none_or(|now| now.uid != pod.uid).then_some(())
        })
        .await;

    let event = eventually("the audit event", async || {
        let events = stage.ground.audit();
        events.into_iter().find(|event| event["auditID"] == audit_id.as_str())
    })
    .await;
    assert_eq!(event["user"]["username"], crate::ground::CONSOLE);
    let person = &event["impersonatedUser"];
    assert_eq!(person["username"], rbac::ON_CALL);
    let groups: Vec<_> =
        person["groups"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let ours: Vec<_> =
        groups.into_iter().filter(|group| *group != "system:authenticated").collect();
    assert_eq!(ours, [rbac::GROUP]);
    let extra = json!({"sekisho.dev/actor": ["on-call"], "sekisho.dev/request": [desk.request().to_string()],
        "sekisho.dev/approvers": ["approver", "second-on-call"]});
    assert_eq!(person["extra"], extra);
    assert!(event["userAgent"].as_str().unwrap().starts_with("sekisho/"));
}

pub(crate) async fn a_gone_pod_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    assert_eq!(failed(&desk.carry_out(ready).await), EffectError::Drifted.to_string());
}

pub(crate) async fn a_namesake_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    stage.until("the end of api", || stage.pod("api").is_none().then_some(())).await;
    let namesake = stage.running_pod("api").await;
    assert_eq!(failed(&desk.carry_out(ready).await), EffectError::Drifted.to_string());
    assert_eq!(stage.look_up("api").await.unwrap().target.uid, namesake.uid);
}

pub(crate) async fn a_changed_label_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    label(&stage.admin, stage.namespace.as_str(), "api", "track", "canary").await;
    assert_eq!(failed(&desk.carry_out(ready).await), EffectError::Drifted.to_string());
    assert!(stage.look_up("api").await.is_ok());
}

pub(crate) async fn a_changed_status_is_none(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    let mut crashed = running();
    crashed["containerStatuses"][0]["restartCount"] = 3.into();
    report(&stage.admin, stage.namespace.as_str(), "api", crashed).await;
    let now = desk.carry_out(ready).await;
    assert!(matches!(&now, RequestState::Executing(e) if e.accepted.is_some()), "{now:?}");
}

pub(crate) async fn a_budget_refuses_and_nothing_is_done(stage: &Stage) {
    let pod = stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    stage.exhausted_budget("api-budget", "api").await;
    let now = desk.carry_out(ready).await;
    assert!(failed(&now).starts_with("disruption budgets refuse"), "{now:?}");
    assert_eq!(stage.look_up("api").await.unwrap().target.uid, pod.uid);
}

pub(crate) async fn nothing_is_sent_after_the_deadline(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::with_approved_restart(stage, "api").await;
    let ready = desk.begin().await;
    stage.clock.advance(Duration::from_secs(31));
    assert_eq!(failed(&desk.carry_out(ready).await), EffectError::TooLate.to_string());
    assert!(stage.look_up("api").await.is_ok());
}
