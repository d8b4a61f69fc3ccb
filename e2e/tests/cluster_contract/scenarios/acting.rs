//! Between the word and the deed: what changed meanwhile is not acted on.

use domain::{
    actions::{
        EffectSeen, Finding, ReadyEffect, RequestState, TargetKind, Verdict, catalogue::RestartPod,
    },
    ids::RequestId,
};
use serde_json::json;

use crate::{
    desk::{Desk, Wish},
    fixtures::{delete, label, report, running},
    policy::DEADLINE,
    stage::Stage,
};

/// The restart of the pod `api`, approved and with its intent committed.
async fn word_given(desk: &Desk<'_>, stage: &Stage) -> (RequestId, ReadyEffect) {
    let wish = Wish::to(stage, &RestartPod, (TargetKind::Pod, "api"), json!({}));
    let id = desk.approved(&wish).await;
    (id, desk.begin(id).await)
}

/// How a request ended that the cluster was not changed by.
fn failed(now: &RequestState) -> Finding {
    match now {
        RequestState::Failed(ended) => match &ended.outcome.verdict {
            Verdict::Failed { effect: EffectSeen::None, reason } => reason.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_gone_pod_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    assert_eq!(failed(&desk.carry_out(id, ready).await), Finding::Drifted);
}

pub(crate) async fn a_namesake_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    stage.until("the end of api", || stage.pod("api").is_none().then_some(())).await;
    let namesake = stage.running_pod("api").await;
    assert_eq!(failed(&desk.carry_out(id, ready).await), Finding::Drifted);
    assert_eq!(stage.look_up("api").await.unwrap().target.uid, namesake.uid);
}

pub(crate) async fn a_changed_label_is_drift(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    label(&stage.admin, stage.namespace.as_str(), "api", "track", "canary").await;
    assert_eq!(failed(&desk.carry_out(id, ready).await), Finding::Drifted);
    assert!(stage.look_up("api").await.is_ok());
}

pub(crate) async fn a_changed_status_is_none(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    let mut crashed = running();
    crashed["containerStatuses"][0]["restartCount"] = 3.into();
    report(&stage.admin, stage.namespace.as_str(), "api", crashed).await;
    let now = desk.carry_out(id, ready).await;
    assert!(matches!(&now, RequestState::Executing(e) if e.accepted.is_some()), "{now:?}");
}

pub(crate) async fn a_budget_refuses_and_nothing_is_done(stage: &Stage) {
    let pod = stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    stage.exhausted_budget("api-budget", "api").await;
    let now = desk.carry_out(id, ready).await;
    assert!(
        matches!(failed(&now), Finding::Budget { names, .. } if names == ["api-budget"]),
        "{now:?}"
    );
    assert_eq!(stage.look_up("api").await.unwrap().target.uid, pod.uid);
}

pub(crate) async fn nothing_is_sent_after_the_deadline(stage: &Stage) {
    stage.running_pod("api").await;
    let desk = Desk::at(stage);
    let (id, ready) = word_given(&desk, stage).await;
    stage.clock.advance(DEADLINE);
    assert_eq!(failed(&desk.carry_out(id, ready).await), Finding::TooLate);
    assert!(stage.look_up("api").await.is_ok());
}
