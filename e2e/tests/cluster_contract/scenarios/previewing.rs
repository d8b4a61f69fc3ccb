//! What the cluster would say.

use domain::actions::{
    ActionKind, Change, DryRunRefusal, DryRunVerdict, Effect, Target, catalogue::RestartPod,
};

use crate::{
    desk::preview_permit,
    fixtures::{budget, delete},
    stage::{Stage, eventually},
};

async fn dry_run(stage: &Stage, name: &str) -> DryRunVerdict {
    dry_run_of(stage, stage.look_up(name).await.unwrap().target).await
}

async fn dry_run_of(stage: &Stage, pod: Target) -> DryRunVerdict {
    let permit = preview_permit(ActionKind::of(&RestartPod), &pod);
    let effect = Effect { target: pod, change: Change::Evict };
    stage.cluster.dry_run(&permit, &effect).await.unwrap().verdict
}

pub(crate) async fn a_dry_run_changes_nothing(stage: &Stage) {
    stage.running_pod("api").await;
    let before = stage.look_up("api").await.unwrap();
    assert_eq!(dry_run(stage, "api").await, DryRunVerdict::Accepted);
    assert_eq!(stage.look_up("api").await.unwrap(), before);
}

/// The API server itself compares the UID: what comes between looking and sending does no harm.
pub(crate) async fn a_namesake_is_never_meant(stage: &Stage) {
    stage.running_pod("api").await;
    let first = stage.look_up("api").await.unwrap().target;
    delete(&stage.admin, stage.namespace.as_str(), "api").await;
    stage.until("the end of api", || stage.pod("api").is_none().then_some(())).await;
    stage.running_pod("api").await;
    let verdict = dry_run_of(stage, first).await;
    let is_conflict =
        matches!(&verdict, DryRunVerdict::Refused { reason: DryRunRefusal::Other, .. });
    assert!(is_conflict, "{verdict:?}");
}

pub(crate) async fn a_budget_without_room_is_named(stage: &Stage) {
    stage.running_pod("api").await;
    stage.exhausted_budget("api-budget", "api").await;
    let verdict = dry_run(stage, "api").await;
    let DryRunVerdict::Refused { reason, message } = verdict else { panic!("{verdict:?}") };
    assert_eq!(reason, DryRunRefusal::Budget { names: vec!["api-budget".to_owned()] });
    assert!(message.contains("disruption budget"), "{message}");

    stage.create_budget(|version| budget("second", "api", 0, version)).await;
    let refused = eventually("the second budget", async || match dry_run(stage, "api").await {
        DryRunVerdict::Refused { reason: DryRunRefusal::Budget { .. }, .. } => None,
        verdict => Some(verdict),
    });
    let two = refused.await;
    assert!(
        matches!(&two, DryRunVerdict::Refused { message, .. } if message.contains("more than one")),
        "{two:?}"
    );
}
