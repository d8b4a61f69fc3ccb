//! Nodes: cordoned and uncordoned through the platform's namespace, and through no other.

use domain::{
    actions::{
        ANSWER_MARGIN, Action, EffectSeen, Finding, Reads, RequestState, TargetKind, Verdict,
        VoidReason,
        catalogue::{Cordon, Uncordon},
    },
    ids::RequestId,
    problem::ProblemCode,
    resources::ClusterError,
};
use k8s_openapi::api::core::v1::Node;
use kube::{
    Api, Client,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    policy::DEADLINE,
    rbac,
    stage::{Stage, user},
};

fn wish(stage: &Stage, action: &'static dyn Action) -> Wish {
    Wish::to(stage, action, (TargetKind::Node, stage.node_name()), json!({}))
}

async fn change(stage: &Stage, patch: Value) {
    stage.patch(TargetKind::Node, stage.node_name(), patch).await;
}

fn cordoned() -> Value {
    json!({"spec": {"unschedulable": true}})
}

pub(crate) async fn a_node_is_cordoned_and_uncordoned(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    desk.grants(&wish(stage, &Cordon)).await;
    let row = stage.node_is(true).await;
    assert!(row.status.ends_with(",SchedulingDisabled"), "{}", row.status);
    desk.grants(&wish(stage, &Uncordon)).await;
    let row = stage.node_is(false).await;
    assert!(!row.status.contains("SchedulingDisabled"), "{}", row.status);
    stage.remove_node().await;
}

pub(crate) async fn a_cordoned_node_is_not_cordoned_again(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    let refused = async |action: &'static dyn Action| {
        desk.review(&wish(stage, action)).await.err().map(|problem| problem.code)
    };
    let nothing = Some(ProblemCode::NothingToChange);
    assert_eq!(refused(&Uncordon).await, nothing);
    change(stage, cordoned()).await;
    assert_eq!(refused(&Cordon).await, nothing);
    stage.remove_node().await;
}

pub(crate) async fn a_node_is_not_reached_through_any_other_namespace(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    let mut astray = wish(stage, &Cordon);
    assert!(desk.review(&astray).await.is_ok());
    astray.target.namespace = stage.namespace.clone();
    let refused = desk.review(&astray).await.err().map(|problem| problem.code);
    assert_eq!(refused, Some(ProblemCode::NotVisible));
    let looked = stage.cluster.look_up(&user(rbac::ON_CALL), &astray.target, Reads::Target).await;
    assert_eq!(looked.err(), Some(ClusterError::NotFound));
    stage.remove_node().await;
}

pub(crate) async fn a_node_is_not_changed_without_the_group(stage: &Stage) {
    stage.create_node().await;
    let own = Client::try_from(stage.ground.user(rbac::ON_CALL).await).unwrap();
    let impersonated = stage.console_speaking(|config| {
        config.auth_info.impersonate = Some(rbac::ON_CALL.to_owned());
    });
    let console = stage.console_speaking(|_| ());
    for client in [own, impersonated.await, console.await] {
        let nodes: Api<Node> = Api::all(client);
        let (name, patch) = (stage.node_name(), Patch::Merge(cordoned()));
        let refused = nodes.patch(name, &PatchParams::default(), &patch).await;
        assert!(matches!(refused, Err(kube::Error::Api(status)) if status.code == 403));
    }
    stage.remove_node().await;
}

pub(crate) async fn a_taint_that_comes_and_goes_voids_nothing(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    let id = desk.approved(&wish(stage, &Cordon)).await;
    let taint = json!({"key": "sekisho.dev/pressure", "effect": "PreferNoSchedule"});
    change(stage, json!({"spec": {"taints": [taint]}})).await;
    let ready = desk.begin(id).await;
    change(stage, json!({"spec": {"taints": null}})).await;
    desk.carry_out(id, ready).await;
    assert!(matches!(desk.verdict(id).await, Verdict::Succeeded { .. }));
    stage.remove_node().await;
}

pub(crate) async fn a_node_that_changed_or_went_voids_the_request(stage: &Stage) {
    let desk = Desk::at(stage);
    let label = json!({"metadata": {"labels": {"zone": "b"}}});
    for (reason, meanwhile) in [
        (VoidReason::Changed, Some(label)),
        // Somebody else did it: what was signed would do nothing.
        (VoidReason::Changed, Some(cordoned())),
        (VoidReason::Gone, None),
    ] {
        stage.create_node().await;
        let id = desk.approved(&wish(stage, &Cordon)).await;
        match &meanwhile {
            Some(patch) => change(stage, patch.clone()).await,
            None => stage.remove_node().await,
        }
        let refused = desk.try_begin(id).await.err().map(|problem| problem.code);
        assert_eq!(refused, Some(ProblemCode::TargetDrifted));
        let now = desk.state(id);
        let void = matches!(&now, RequestState::Void { reason: found, .. } if *found == reason);
        assert!(void, "{now:?}");
        if meanwhile.is_some() {
            stage.remove_node().await;
        }
    }
}

pub(crate) async fn a_node_that_went_after_the_word_is_told(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    let id = desk.approved(&wish(stage, &Cordon)).await;
    let ready = desk.begin(id).await;
    stage.remove_node().await;
    let now = desk.carry_out(id, ready).await;
    let RequestState::Failed(ended) = &now else { panic!("{now:?}") };
    let drifted = Verdict::Failed { effect: EffectSeen::None, reason: Finding::Drifted };
    assert_eq!(ended.outcome.verdict, drifted);
}

/// A request whose word was given, and of which nothing was heard any more.
async fn unheard_of(stage: &Stage, desk: &Desk<'_>) -> RequestId {
    let id = desk.approved(&wish(stage, &Cordon)).await;
    drop(desk.begin(id).await);
    id
}

pub(crate) async fn a_lost_answer_about_a_node_is_told_by_the_node(stage: &Stage) {
    stage.create_node().await;
    let desk = Desk::at(stage);
    let not_done = unheard_of(stage, &desk).await;
    stage.clock.advance(DEADLINE + ANSWER_MARGIN);
    let nothing = Verdict::Failed { effect: EffectSeen::None, reason: Finding::NotDelivered };
    assert_eq!(desk.verdict(not_done).await, nothing);

    let done = unheard_of(stage, &desk).await;
    // Whose doing it was, nobody heard.
    change(stage, cordoned()).await;
    stage.clock.advance(DEADLINE + ANSWER_MARGIN);
    let unknown = Verdict::Unknown { reason: Finding::AnswerLost };
    assert_eq!(desk.verdict(done).await, unknown);
    stage.remove_node().await;
}
