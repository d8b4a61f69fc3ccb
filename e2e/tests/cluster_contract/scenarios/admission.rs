//! Admission webhooks: one that says no, one that makes something else of what is asked for.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::actions::{
    Action, DryRunRefusal, DryRunVerdict, EffectSeen, FieldChange, Finding, RequestState,
    TargetKind, Verdict,
    catalogue::{RolloutRestart, Scale},
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    stage::{Stage, eventually},
    webhook::Webhook,
    workloads::deployment,
};

const DEPLOYMENT: (TargetKind, &str) = (TargetKind::Deployment, "api");
const WORDS: &str = "no changes on Fridays";
const INJECTED: &str = "mesh.kawase.example/injected";

/// No, with the status that a webhook without one gets.
fn no() -> Value {
    json!({"allowed": false, "status": {"message": WORDS}})
}

/// No, as a policy engine says it.
fn forbidden() -> Value {
    json!({"allowed": false, "status": {"message": WORDS, "code": 403}})
}

/// Yes, with another annotation on the pods.
fn injecting() -> Value {
    let field = format!("/spec/template/metadata/annotations/{}", INJECTED.replace('/', "~1"));
    let added = json!([{"op": "add", "path": field, "value": "yes"}]).to_string();
    json!({"allowed": true, "patchType": "JSONPatch", "patch": BASE64_STANDARD.encode(added)})
}

/// A webhook's no is heard in the preview, and nothing is done when it is heard at execution.
async fn refused(
    stage: &Stage,
    action: &'static dyn Action,
    parameters: Value,
    kind: &DryRunRefusal,
) {
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, action, DEPLOYMENT, parameters);
    let message = eventually("the webhook's no", async || {
        match desk.review(&wish).await.unwrap().preview.dry_run {
            DryRunVerdict::Refused { reason, message } if reason == *kind => Some(message),
            _ => None,
        }
    })
    .await;
    assert!(message.contains(WORDS), "{message}");

    let before = stage.object(TargetKind::Deployment, "api").await["spec"].clone();
    let id = desk.approved(&wish).await;
    let ready = desk.begin(id).await;
    let now = desk.carry_out(id, ready).await;
    let RequestState::Failed(ended) = &now else { panic!("{now:?}") };
    let heard = matches!(&ended.outcome.verdict,
        Verdict::Failed { effect: EffectSeen::None, reason: Finding::Refused { message } }
            if message.contains(WORDS));
    assert!(heard, "{now:?}");
    assert_eq!(stage.object(TargetKind::Deployment, "api").await["spec"], before);
}

pub(crate) async fn a_webhook_that_says_no_is_heard_before_and_when_it_is_done(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let webhook = Webhook::validating(stage, no).await;
    refused(stage, &RolloutRestart, json!({}), &DryRunRefusal::Other).await;
    refused(stage, &Scale, json!({"replicas": 2}), &DryRunRefusal::Other).await;
    webhook.end().await;
    let webhook = Webhook::validating(stage, forbidden).await;
    refused(stage, &RolloutRestart, json!({}), &DryRunRefusal::Forbidden).await;
    webhook.end().await;
}

pub(crate) async fn what_a_webhook_adds_is_shown_before_and_is_there_afterwards(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let webhook = Webhook::mutating(stage, injecting).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RolloutRestart, DEPLOYMENT, json!({}));
    let added = |changes: Vec<FieldChange>| {
        changes.into_iter().find(|change| change.field.contains(INJECTED))
    };
    let shown = eventually("what the webhook adds", async || {
        added(desk.review(&wish).await.unwrap().preview.changes)
    });
    assert_eq!(shown.await.after.as_deref(), Some("\"yes\""));

    desk.grants(&wish).await;
    let object = stage.object(TargetKind::Deployment, "api").await;
    assert_eq!(object["spec"]["template"]["metadata"]["annotations"][INJECTED], "yes");
    webhook.end().await;
}
