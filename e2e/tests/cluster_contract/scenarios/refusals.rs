//! What is refused: powers that nobody bound, targets that changed, objects that would not be valid.

use domain::{
    actions::{
        ActionKind, Change, DryRunRefusal, DryRunVerdict, Effect, EffectSeen, Finding, Part, Power,
        Reads, RequestState, TargetKind, Verdict, VoidReason,
        catalogue::{Scale, SetResources},
    },
    names::Namespace,
    problem::ProblemCode,
};
use k8s_openapi::api::rbac::v1::RoleBinding;
use kube::{Api, api::DeleteParams};
use serde_json::json;

use crate::{
    desk::{Desk, Wish, preview_permit},
    fixtures::{create, pod},
    rbac,
    stage::{Stage, eventually, new_namespace, user},
    workloads::{daemon_set, deployment, job, stateful_set},
};

const DEPLOYMENT: (TargetKind, &str) = (TargetKind::Deployment, "api");

/// A change that takes just this power.
fn change_by(power: &Power) -> Change {
    let patch = json!({"metadata": {"annotations": {"seen": "1"}}});
    match (power.verbs[0], power.resources[0]) {
        ("create", "pods/eviction") => Change::Evict,
        ("create", "jobs") => {
            Change::Create { kind: TargetKind::Job, object: job("made", json!({})) }
        }
        ("delete", _) => Change::Delete { grace_seconds: None },
        ("patch", resource) if resource.ends_with("/scale") => {
            Change::Patch { part: Part::Scale, patch: json!({"spec": {"replicas": 2}}) }
        }
        ("patch", _) => Change::Patch { part: Part::Whole, patch },
        other => panic!("nobody tried {other:?}"),
    }
}

/// One of each kind, none of which lives.
async fn one_of_each(stage: &Stage) {
    let mut alone = pod("one");
    // No controller of the others takes it for its own.
    alone["metadata"]["labels"] = json!({"app": "alone"});
    stage.create(alone).await;
    stage.create(deployment("one", 0, json!({}))).await;
    stage.create(stateful_set("one", 0)).await;
    stage.create(daemon_set("one")).await;
    stage.create(job("one", json!({}))).await;
    stage.create_cron_job("one", json!({})).await;
    stage.create_autoscaler("one", 1, 2).await;
    stage.create_node().await;
}

/// What the cluster says when the group of an action is about to do what this power is for.
async fn asked(stage: &Stage, by: ActionKind, kind: TargetKind, power: &Power) -> DryRunVerdict {
    let name = if kind.is_cluster_wide() { stage.node_name() } else { "one" };
    let target = stage.target(kind, name);
    let snapshot = stage.cluster.look_up(&user(rbac::ON_CALL), &target, Reads::Target).await;
    let target = snapshot.unwrap_or_else(|error| panic!("{kind}: {error}")).target;
    let permit = preview_permit(by, &target);
    let effect = Effect { target, change: change_by(power) };
    stage.cluster.dry_run(&permit, &effect).await.unwrap().verdict
}

fn is_forbidden(verdict: &DryRunVerdict) -> bool {
    matches!(verdict, DryRunVerdict::Refused { reason: DryRunRefusal::Forbidden, .. })
}

/// The kind of target behind a resource of a power.
fn kind_of(action: ActionKind, resource: &str) -> TargetKind {
    let plural = resource.split('/').next().unwrap_or_default();
    let mut named = TargetKind::ALL.into_iter();
    let named = named.find(|kind| format!("{}s", kind.singular()) == plural);
    // A job is made of a cron job, pods are a workload's: the target may be another than what is written.
    named.unwrap_or_else(|| action.declaration().targets()[0])
}

/// What is rendered for an action is enough for all that it says it does, and for nothing that another does.
pub(crate) async fn each_group_may_do_what_its_action_does_and_no_more(stage: &Stage) {
    one_of_each(stage).await;
    for owner in ActionKind::all() {
        for power in owner.declaration().powers() {
            for resource in power.resources {
                let alone = Power { resources: std::slice::from_ref(resource), ..*power };
                let kind = kind_of(*owner, resource);
                for by in ActionKind::all() {
                    let verdict = asked(stage, *by, kind, &alone).await;
                    let may = by.declaration().powers().iter().any(|other| {
                        other.group == power.group
                            && other.resources.contains(resource)
                            && other.verbs.contains(&power.verbs[0])
                    });
                    assert_eq!(!is_forbidden(&verdict), may, "{by}, {resource}: {verdict:?}");
                    let accepted = verdict == DryRunVerdict::Accepted;
                    assert!(accepted || by != owner, "{by}, {resource}: {verdict:?}");
                }
            }
        }
    }
    stage.remove_node().await;
}

pub(crate) async fn no_group_may_do_anything_where_it_is_not_bound(stage: &Stage) {
    let elsewhere = new_namespace(&stage.admin, "unbound").await;
    create(&stage.admin, Some(elsewhere.as_str()), rbac::people_look(&elsewhere)).await;
    create(&stage.admin, Some(elsewhere.as_str()), pod("one")).await;
    let mut there = stage.target(TargetKind::Pod, "one");
    there.namespace = elsewhere;
    let target = eventually("the binding to look", async || {
        let found = stage.cluster.look_up(&user(rbac::ON_CALL), &there, Reads::Target).await;
        found.ok().map(|snapshot| snapshot.target)
    });
    let target = target.await;
    for action in ActionKind::all() {
        // The same change for all: it is the group that nobody bound there.
        let permit = preview_permit(*action, &target);
        let power = action.declaration().powers()[0];
        let on_pods = power.resources[0].starts_with("pods");
        let change = if on_pods { change_by(&power) } else { Change::Evict };
        let effect = Effect { target: target.clone(), change };
        let verdict = stage.cluster.dry_run(&permit, &effect).await.unwrap().verdict;
        // A drain reaches whatever is on its node: its group is bound for the whole cluster.
        let everywhere = action.as_str() == "drain";
        assert_eq!(!is_forbidden(&verdict), everywhere, "{action}: {verdict:?}");
    }
}

async fn unbind(stage: &Stage, namespace: &Namespace, action: ActionKind) {
    let bindings: Api<RoleBinding> = Api::namespaced(stage.admin.clone(), namespace.as_str());
    bindings.delete(&action.cluster_group(), &DeleteParams::default()).await.unwrap();
}

pub(crate) async fn a_power_that_was_taken_back_is_refused_at_execution(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &Scale, DEPLOYMENT, json!({"replicas": 2}));
    let id = desk.approved(&wish).await;
    unbind(stage, &stage.namespace, wish.action).await;
    eventually("a preview that is refused", async || {
        let dry_run = desk.review(&wish).await.unwrap().preview.dry_run;
        is_forbidden(&dry_run).then_some(())
    })
    .await;
    let ready = desk.begin(id).await;
    let now = desk.carry_out(id, ready).await;
    let RequestState::Failed(ended) = &now else { panic!("{now:?}") };
    let refused = matches!(
        &ended.outcome.verdict,
        Verdict::Failed { effect: EffectSeen::None, reason: Finding::Refused { .. } }
    );
    assert!(refused, "{now:?}");
    assert_eq!(stage.object(TargetKind::Deployment, "api").await["spec"]["replicas"], 1);
}

pub(crate) async fn a_workload_that_changed_or_went_voids_the_request(stage: &Stage) {
    let desk = Desk::at(stage);
    let wish = Wish::to(stage, &Scale, DEPLOYMENT, json!({"replicas": 3}));
    for (reason, change) in [(VoidReason::Changed, true), (VoidReason::Gone, false)] {
        stage.bring_up_workload(deployment("api", 1, json!({}))).await;
        let id = desk.approved(&wish).await;
        if change {
            let two = json!({"spec": {"replicas": 2}});
            stage.patch(TargetKind::Deployment, "api", two).await;
        } else {
            stage.end_deployment("api").await;
        }
        let refused = desk.try_begin(id).await.err().expect("it is refused");
        assert_eq!(refused.code, ProblemCode::TargetDrifted);
        let now = desk.state(id);
        let void = matches!(&now, RequestState::Void { reason: found, .. } if *found == reason);
        assert!(void, "{now:?}");
        if change {
            stage.end_deployment("api").await;
        }
    }
}

pub(crate) async fn a_limit_below_its_request_is_invalid_before_and_when_it_is_done(stage: &Stage) {
    stage.bring_up_workload(deployment("api", 1, json!({}))).await;
    let desk = Desk::at(stage);
    let asked = json!({"container": "main", "memory_request": "2Gi", "memory_limit": "1Gi"});
    let wish = Wish::to(stage, &SetResources, DEPLOYMENT, asked);
    let review = desk.review(&wish).await.unwrap();
    let DryRunVerdict::Refused { reason: DryRunRefusal::Invalid, message } = review.preview.dry_run
    else {
        panic!("{:?}", review.preview)
    };
    assert!(message.contains("must be less than or equal to memory limit"), "{message}");

    let id = desk.approved(&wish).await;
    let ready = desk.begin(id).await;
    let now = desk.carry_out(id, ready).await;
    let RequestState::Failed(ended) = &now else { panic!("{now:?}") };
    let refused = matches!(&ended.outcome.verdict,
        Verdict::Failed { effect: EffectSeen::None, reason: Finding::Refused { message } }
            if message.contains("must be less than or equal to memory limit"));
    assert!(refused, "{now:?}");
}
