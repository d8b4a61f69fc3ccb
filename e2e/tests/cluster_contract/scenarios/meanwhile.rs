//! What somebody else does to a target after the word was given and before its outcome is seen.

use domain::{
    actions::{
        Action, Finding, TargetKind, Verdict,
        catalogue::{
            Cordon, PauseRollout, ResizeHpa, ResumeCronJob, ResumeRollout, RolloutRestart, Scale,
            SuspendCronJob, Uncordon,
        },
    },
    ids::RequestId,
};
use kube::api::DeleteParams;
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    stage::{Stage, eventually},
    workloads::deployment,
};

/// An action on a target of that kind, which is so before.
struct Case {
    action: &'static dyn Action,
    kind: TargetKind,
    parameters: Value,
    before: Value,
}

impl Case {
    fn of(action: &'static dyn Action, kind: TargetKind, before: Value) -> Self {
        Self { action, kind, parameters: json!({}), before }
    }

    fn with(self, parameters: Value) -> Self {
        Self { parameters, ..self }
    }

    fn name<'a>(&self, stage: &'a Stage) -> &'a str {
        if self.kind == TargetKind::Node { stage.node_name() } else { "api" }
    }

    async fn bring_up(&self, stage: &Stage) {
        match self.kind {
            TargetKind::Deployment => {
                stage.bring_up_workload(deployment("api", 1, json!({}))).await;
            }
            TargetKind::HorizontalPodAutoscaler => stage.create_autoscaler("api", 2, 4).await,
            TargetKind::CronJob => stage.create_cron_job("api", json!({})).await,
            TargetKind::Node => stage.create_node().await,
            other => panic!("{other}"),
        }
        self.be_as_before(stage).await;
    }

    async fn be_as_before(&self, stage: &Stage) {
        stage.patch(self.kind, self.name(stage), self.before.clone()).await;
    }

    async fn end(&self, stage: &Stage) {
        match self.kind {
            TargetKind::Deployment => stage.end_deployment("api").await,
            TargetKind::Node => stage.remove_node().await,
            kind => {
                let (api, name) = (stage.api(kind).await, self.name(stage));
                api.delete(name, &DeleteParams::background()).await.unwrap();
                eventually(&format!("the end of {kind} {name}"), async || {
                    api.get_opt(name).await.unwrap().is_none().then_some(())
                })
                .await;
            }
        }
    }

    fn wish(&self, stage: &Stage) -> Wish {
        let target = (self.kind, self.name(stage));
        Wish::to(stage, self.action, target, self.parameters.clone())
    }
}

/// What has come about once the target is as it was sent to be.
fn followed_by_the_target_alone() -> [Case; 6] {
    let suspended = |suspended: bool| json!({"spec": {"suspend": suspended}});
    let cordoned = |cordoned: Option<bool>| json!({"spec": {"unschedulable": cordoned}});
    let bounds = json!({"spec": {"maxReplicas": 4}});
    [
        Case::of(&PauseRollout, TargetKind::Deployment, json!({"spec": {"paused": false}})),
        Case::of(&ResizeHpa, TargetKind::HorizontalPodAutoscaler, bounds)
            .with(json!({"max_replicas": 9})),
        Case::of(&SuspendCronJob, TargetKind::CronJob, suspended(false)),
        Case::of(&ResumeCronJob, TargetKind::CronJob, suspended(true)),
        Case::of(&Cordon, TargetKind::Node, cordoned(None)),
        Case::of(&Uncordon, TargetKind::Node, cordoned(Some(true))),
    ]
}

/// What has come about once the pods of the target are.
fn followed_by_its_pods() -> [Case; 3] {
    let of = |action, before| Case::of(action, TargetKind::Deployment, before);
    [
        of(&RolloutRestart, json!({})),
        of(&ResumeRollout, json!({"spec": {"paused": true}})),
        of(&Scale, json!({})).with(json!({"replicas": 2})),
    ]
}

async fn why_it_failed(desk: &Desk<'_>, id: RequestId) -> Finding {
    match desk.verdict(id).await {
        Verdict::Failed { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn what_was_changed_back_was_overwritten(stage: &Stage) {
    let desk = Desk::at(stage);
    for case in followed_by_the_target_alone() {
        case.bring_up(stage).await;
        let wish = case.wish(stage);
        let id = desk.sent(&wish).await;
        case.be_as_before(stage).await;
        assert_eq!(why_it_failed(&desk, id).await, Finding::Overwritten, "{}", wish.action);
        case.end(stage).await;
    }
}

/// Whatever is followed, a target that is gone is not waited for.
pub(crate) async fn a_target_that_went_is_told(stage: &Stage) {
    let desk = Desk::at(stage);
    for case in followed_by_the_target_alone().into_iter().chain(followed_by_its_pods()) {
        case.bring_up(stage).await;
        let wish = case.wish(stage);
        let id = desk.sent(&wish).await;
        case.end(stage).await;
        let (kind, name) = (case.kind.to_string(), case.name(stage).to_owned());
        assert_eq!(why_it_failed(&desk, id).await, Finding::Gone { kind, name }, "{}", wish.action);
    }
}
