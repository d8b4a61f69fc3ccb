//! What is done to pods: restarted, deleted, isolated, taken back.

use std::sync::Arc;

use axum::http::Request;
use domain::{
    actions::{
        Action, DryRunVerdict, EffectSeen, Finding, Replacement, RequestState, TargetKind, Verdict,
        VoidReason,
        catalogue::{DeletePod, IsolatePod, RejoinPod, RestartPod},
    },
    ids::RequestId,
    problem::ProblemCode,
    resources::{OwnerRow, PodRow},
};
use k8s_openapi::api::apps::v1::ReplicaSet;
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams},
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Wish},
    fixtures::delete,
    policy::SETTLE_WITHIN,
    stage::{Stage, eventually},
    workloads::{ailing, deployment, replica_set, scheduled_pod},
};

/// The pods that a Service sends requests to.
async fn receivers(stage: &Stage, service: &str) -> Vec<String> {
    let versions = ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"];
    let version = stage.served("endpointslices", &versions).await;
    let namespace = &stage.namespace;
    let path = format!("/apis/{version}/namespaces/{namespace}/endpointslices");
    let request = Request::get(path).body(Vec::new()).unwrap();
    let slices: Value = stage.admin.request(request).await.unwrap();
    let of_it =
        |slice: &&Value| slice["metadata"]["labels"]["kubernetes.io/service-name"] == *service;
    let slices = slices["items"].as_array().unwrap().iter().filter(of_it);
    let endpoints = slices.flat_map(|slice| slice["endpoints"].as_array().into_iter().flatten());
    endpoints.filter_map(|it| Some(it["targetRef"]["name"].as_str()?.to_owned())).collect()
}

async fn until_receivers(stage: &Stage, service: &str, wanted: &[&str]) {
    eventually(&format!("{wanted:?} behind {service}"), async || {
        let mut found = receivers(stage, service).await;
        found.sort();
        (found == wanted).then_some(())
    })
    .await;
}

fn service(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name},
        "spec": {"selector": {"app": name}, "ports": [{"port": 80}]}})
}

pub(crate) async fn a_restarted_pod_is_replaced(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    let before = stage.pods_of("api");
    let pod = &before[0];
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RestartPod, (TargetKind::Pod, pod.name.as_str()), json!({}));
    let preview = desk.review(&wish).await.unwrap().preview;
    assert_eq!(preview.dry_run, DryRunVerdict::Accepted);
    let keeps = matches!(&preview.blast_radius.replacement, Some(Replacement::Controller { kind, .. }) if kind == "ReplicaSet");
    assert!(keeps, "{preview:?}");

    let made = desk.grants(&wish).await.expect("a replacement");
    let after = stage.pods_of("api");
    assert!(after.iter().all(|it| it.uid != pod.uid), "{after:?}");
    let replacement = after.iter().find(|it| it.name.as_str() == made).expect("it is there");
    assert!(replacement.is_ready() && before.iter().all(|it| it.uid != replacement.uid));
}

/// What leaves a place for another pod.
const LEAVING: [&'static dyn Action; 3] = [&RestartPod, &DeletePod, &IsolatePod];

/// Carries it out on the one pod of a replica set that bears the action's name, and whose next pod is ill.
async fn sent_with_an_ill_next(
    stage: &Stage,
    desk: &Desk<'_>,
    action: &'static dyn Action,
    ailment: &str,
) -> (Arc<PodRow>, RequestId) {
    let name = action.name();
    stage.bring_up_workload(replica_set(name, 1)).await;
    let pod = stage.pods_of(name).remove(0);
    let wish = Wish::to(stage, action, (TargetKind::Pod, pod.name.as_str()), json!({}));
    let id = desk.approved(&wish).await;
    // What the next pod is made from falls ill while the request waits; the pod itself is as it was.
    let sets: Api<ReplicaSet> = Api::namespaced(stage.admin.clone(), stage.namespace.as_str());
    let template = json!({"metadata": {"annotations": ailing(ailment)}});
    let ill = Patch::Merge(json!({"spec": {"template": template}}));
    sets.patch(name, &PatchParams::default(), &ill).await.unwrap();
    let ready = desk.begin(id).await;
    desk.carry_out(id, ready).await;
    (pod, id)
}

/// The pod that took the place of another.
async fn next_to(stage: &Stage, app: &str, pod: &PodRow) -> Arc<PodRow> {
    let is_next = |it: &Arc<PodRow>| it.uid != pod.uid && it.phase == "Running";
    stage.until("the next pod", || stage.pods_of(app).into_iter().find(is_next)).await
}

pub(crate) async fn a_replacement_that_crashes_is_a_failure(stage: &Stage) {
    let desk = Desk::at(stage);
    for action in LEAVING {
        let (pod, id) = sent_with_an_ill_next(stage, &desk, action, "crash-loop").await;
        let verdict = desk.verdict(id).await;
        let Verdict::Failed { reason: Finding::PodBroken { pod: broken, status }, .. } = verdict
        else {
            panic!("{}: {verdict:?}", action.name())
        };
        assert_ne!(broken, pod.name.as_str());
        assert_eq!(status, "CrashLoopBackOff");
    }
}

pub(crate) async fn a_replacement_that_is_never_ready_is_late(stage: &Stage) {
    let desk = Desk::at(stage);
    for action in LEAVING {
        let (pod, id) = sent_with_an_ill_next(stage, &desk, action, "never-ready").await;
        let next = next_to(stage, action.name(), &pod).await;
        assert_eq!(desk.verdict_so_far(id).await, None);
        stage.clock.advance(SETTLE_WITHIN);
        let reason = Finding::PodLate { pod: next.name.to_string(), status: "Running".to_owned() };
        let late = Verdict::Failed { effect: EffectSeen::TookPlace, reason };
        assert_eq!(desk.verdict(id).await, late, "{}", action.name());
    }
}

pub(crate) async fn a_replacement_that_nobody_makes_is_told(stage: &Stage) {
    let desk = Desk::at(stage);
    let actions: [&'static dyn Action; 2] = [&RestartPod, &DeletePod];
    for action in actions {
        stage.bring_up_workload(deployment("api", 1, json!({}))).await;
        let pod = stage.pods_of("api").remove(0);
        let wish = Wish::to(stage, action, (TargetKind::Pod, pod.name.as_str()), json!({}));
        let id = desk.sent(&wish).await;
        // Whoever was to make it went.
        stage.end_deployment("api").await;
        assert_eq!(desk.verdict_so_far(id).await, None);
        stage.clock.advance(SETTLE_WITHIN);
        let OwnerRow { kind, name, .. } = pod.owner.clone().unwrap();
        let reason = Finding::NoReplacement { kind, name };
        let nobody = Verdict::Failed { effect: EffectSeen::TookPlace, reason };
        assert_eq!(desk.verdict(id).await, nobody, "{}", action.name());
    }
}

/// It was replaced when its end began; the request finishes what hangs.
pub(crate) async fn a_pod_that_hangs_goes_and_what_took_its_place_is_told(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, ailing("hangs"))).await;
    let hanging = stage.pods_of("api").remove(0);
    let pods = stage.api(TargetKind::Pod).await;
    let patiently = DeleteParams::default().grace_period(600);
    pods.delete(hanging.name.as_str(), &patiently).await.unwrap();
    let replacement = stage
        .until("a pod that hangs, and its replacement", || {
            let row = stage.pod(hanging.name.as_str())?;
            let is_it = |pod: &Arc<PodRow>| pod.uid != hanging.uid && pod.is_ready();
            let replacement = stage.pods_of("api").into_iter().find(is_it)?;
            (row.status == "Terminating").then_some(replacement)
        })
        .await;

    let target = (TargetKind::Pod, hanging.name.as_str());
    let made = Desk::at(stage).grants(&Wish::to(stage, &DeletePod, target, json!({}))).await;
    assert_eq!(made.as_deref(), Some(replacement.name.as_str()));
    assert!(pods.get_opt(hanging.name.as_str()).await.unwrap().is_none());
    assert!(pods.get_opt(replacement.name.as_str()).await.unwrap().is_some());
}

pub(crate) async fn an_isolated_pod_is_let_go_and_replaced(stage: &Stage) {
    stage.create(service("api")).await;
    stage.bring_up_workload(deployment("api", 2, json!({}))).await;
    let before = stage.pods_of("api");
    let (pod, other) = (before[0].name.as_str(), before[1].name.as_str());
    let wish = Wish::to(stage, &IsolatePod, (TargetKind::Pod, pod), json!({}));
    let made = Desk::at(stage).grants(&wish).await.expect("a replacement");

    let isolated = stage.object(TargetKind::Pod, pod).await;
    assert_eq!(isolated["metadata"]["labels"], json!({"sekisho.dev/isolated": "true"}));
    assert!(isolated["metadata"].get("ownerReferences").is_none(), "{isolated:#}");
    assert_eq!(isolated["status"]["phase"], "Running");
    let mut serving = [other, &made];
    serving.sort_unstable();
    until_receivers(stage, "api", &serving).await;
}

/// Somebody gives its labels back, and of the two that its controller keeps then, it ends the one that is not ready.
pub(crate) async fn a_pod_that_its_controller_took_back_is_not_isolated(stage: &Stage) {
    let desk = Desk::at(stage);
    let (pod, id) = sent_with_an_ill_next(stage, &desk, &IsolatePod, "never-ready").await;
    let app = IsolatePod.name();
    next_to(stage, app, &pod).await;
    let labels = json!({"metadata": {"labels": {"app": app}}});
    stage.patch(TargetKind::Pod, pod.name.as_str(), labels).await;
    stage
        .until("the pod alone, and kept again", || match stage.pods_of(app).as_slice() {
            [only] if only.uid == pod.uid => only.owner.as_ref().map(drop),
            _ => None,
        })
        .await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(SETTLE_WITHIN);
    let kept = Verdict::Failed { effect: EffectSeen::TookPlace, reason: Finding::NotReleased };
    assert_eq!(desk.verdict(id).await, kept);
}

pub(crate) async fn an_isolated_pod_that_went_is_told(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let pod = stage.pods_of("api").remove(0);
    let name = pod.name.as_str();
    let desk = Desk::at(stage);
    let id = desk.sent(&Wish::to(stage, &IsolatePod, (TargetKind::Pod, name), json!({}))).await;
    delete(&stage.admin, stage.namespace.as_str(), name).await;
    stage.until("the end of the pod", || stage.pod(name).is_none().then_some(())).await;
    let reason = Finding::Gone { kind: "Pod".to_owned(), name: name.to_owned() };
    let gone = Verdict::Failed { effect: EffectSeen::TookPlace, reason };
    assert_eq!(desk.verdict(id).await, gone);
}

pub(crate) async fn an_isolated_pod_rejoins(stage: &Stage) {
    stage.create(service("api")).await;
    stage.create(scheduled_pod("api")).await;
    stage.until("a ready pod", || stage.pod("api").filter(|pod| pod.is_ready())).await;
    until_receivers(stage, "api", &["api"]).await;
    let desk = Desk::at(stage);
    let target = (TargetKind::Pod, "api");
    desk.grants(&Wish::to(stage, &IsolatePod, target, json!({}))).await;
    until_receivers(stage, "api", &[]).await;

    desk.grants(&Wish::to(stage, &RejoinPod, target, json!({}))).await;
    let pod = stage.object(TargetKind::Pod, "api").await;
    assert_eq!(pod["metadata"]["labels"], json!({"app": "api"}));
    until_receivers(stage, "api", &["api"]).await;
}

/// The labels to give back are kept in an annotation, which is no substance of the pod: whoever may
/// annotate it must not choose what an approved request does.
pub(crate) async fn labels_changed_after_the_touch_are_not_given(stage: &Stage) {
    stage.create(scheduled_pod("api")).await;
    stage.until("a ready pod", || stage.pod("api").filter(|pod| pod.is_ready())).await;
    let desk = Desk::at(stage);
    let target = (TargetKind::Pod, "api");
    desk.grants(&Wish::to(stage, &IsolatePod, target, json!({}))).await;
    let id = desk.approved(&Wish::to(stage, &RejoinPod, target, json!({}))).await;

    let others = json!({"app": "ledger"}).to_string();
    let planted = json!({"metadata": {"annotations": {"sekisho.dev/isolated-labels": others}}});
    stage.patch(TargetKind::Pod, "api", planted).await;
    let refused = desk.try_begin(id).await.err().expect("it is refused");
    assert_eq!(refused.code, ProblemCode::TargetDrifted);
    let now = desk.state(id);
    let void = matches!(&now, RequestState::Void { reason: VoidReason::Changed, .. });
    assert!(void, "{now:?}");
    let pod = stage.object(TargetKind::Pod, "api").await;
    assert_eq!(pod["metadata"]["labels"], json!({"sekisho.dev/isolated": "true"}));
}

pub(crate) async fn a_pod_that_stays_is_told_when_time_is_over(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, ailing("hangs"))).await;
    let pod = stage.pods_of("api").remove(0);
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &RestartPod, (TargetKind::Pod, pod.name.as_str()), json!({}));
    let id = desk.sent(&wish).await;
    assert_eq!(desk.verdict_so_far(id).await, None);
    stage.clock.advance(SETTLE_WITHIN);
    let verdict = desk.verdict(id).await;
    assert!(matches!(verdict, Verdict::Failed { reason: Finding::PodStays, .. }), "{verdict:?}");
}
