//! Workloads: sizes, selectors, templates and schedules.
//!
//! Never compares with what was there before: see `change`.

use serde_json::{Value, json};

use super::{containers, metadata};
use crate::{complaint::Complaint, kinds, kinds::Kind, object::Object, selector::Selector};

const AT_LEAST_ZERO: &str = "must be greater than or equal to 0";

pub(super) fn check(kind: &Kind, object: &Object) -> Vec<Complaint> {
    let mut complaints = sizes(kind, object);
    match kind.name {
        "Pod" => complaints.extend(containers::check(object.at("/spec"), "spec")),
        "CronJob" => {
            if object.text("/spec/schedule").is_empty() {
                complaints.push(Complaint::required("spec.schedule", ""));
            }
            let template = object.at("/spec/jobTemplate/spec/template");
            complaints.extend(run(template, "spec.jobTemplate.spec.template"));
        }
        "Job" => complaints.extend(run(object.at("/spec/template"), "spec.template")),
        "HorizontalPodAutoscaler" => complaints.extend(autoscaler(object)),
        _ if has_selected_template(kind) => {
            complaints.extend(selected(object));
            complaints.extend(template(object.at("/spec/template"), "spec.template"));
        }
        _ => {}
    }
    complaints
}

/// Kinds that make pods and find them again by a selector of their own.
fn has_selected_template(kind: &Kind) -> bool {
    [&kinds::DEPLOYMENT, &kinds::REPLICA_SET, &kinds::STATEFUL_SET, &kinds::DAEMON_SET]
        .contains(&kind)
}

fn sizes(kind: &Kind, object: &Object) -> Vec<Complaint> {
    let fields: &[&str] = match kind.name {
        "Deployment" => &["replicas", "minReadySeconds", "revisionHistoryLimit"],
        "ReplicaSet" => &["replicas", "minReadySeconds"],
        "StatefulSet" => &["replicas", "revisionHistoryLimit"],
        "DaemonSet" => &["minReadySeconds", "revisionHistoryLimit"],
        "Job" => &["parallelism", "completions", "backoffLimit", "activeDeadlineSeconds"],
        "CronJob" => &["successfulJobsHistoryLimit", "failedJobsHistoryLimit"],
        _ => &[],
    };
    let negative = |field: &&&str| object.number(&format!("/spec/{field}")) < 0;
    fields
        .iter()
        .filter(negative)
        .map(|field| {
            let value = object.at(&format!("/spec/{field}"));
            Complaint::invalid(format!("spec.{field}"), value, AT_LEAST_ZERO)
        })
        .collect()
}

/// A workload must select the pods it makes, or it would make them for ever.
fn selected(object: &Object) -> Option<Complaint> {
    let template = Object::new(object.at("/spec/template").clone());
    let selector = Selector::of_object(object.at("/spec/selector"));
    let good = !selector.is_empty() && selector.matches(&template);
    let why = "`selector` does not match template `labels`";
    let labels = template.at("/metadata/labels");
    (!good).then(|| Complaint::invalid("spec.template.metadata.labels", labels, why))
}

fn template(template: &Value, path: &str) -> Vec<Complaint> {
    let mut complaints =
        metadata::labels(&template["metadata"]["labels"], &format!("{path}.labels"));
    complaints.extend(containers::check(&template["spec"], &format!("{path}.spec")));
    complaints
}

/// The template of a job, whose pods must be able to end.
fn run(job_template: &Value, path: &str) -> Vec<Complaint> {
    let mut complaints = template(job_template, path);
    let policy = &job_template["spec"]["restartPolicy"];
    let field = format!("{path}.spec.restartPolicy");
    match policy.as_str() {
        Some("OnFailure" | "Never") => {}
        // The default, which a job may not have.
        None | Some("" | "Always") => {
            let why = "valid values: \"OnFailure\", \"Never\"";
            complaints.push(Complaint::required(field, why));
        }
        Some(_) => {
            complaints.push(Complaint::unsupported(field, policy, &["OnFailure", "Never"]));
        }
    }
    complaints
}

fn autoscaler(object: &Object) -> Vec<Complaint> {
    let (least, most) = (object.at("/spec/minReplicas"), object.at("/spec/maxReplicas"));
    let below_one = |value: &Value| value.as_i64().unwrap_or_default() < 1;
    let mut complaints = Vec::new();
    if below_one(least) {
        let why = "must be greater than or equal to 1";
        complaints.push(Complaint::invalid("spec.minReplicas", least, why));
    }
    if below_one(most) {
        let shown = if most.is_null() { &json!(0) } else { most };
        complaints.push(Complaint::invalid("spec.maxReplicas", shown, "must be greater than 0"));
    } else if most.as_i64() < least.as_i64() {
        let why = "must be greater than or equal to `minReplicas`";
        complaints.push(Complaint::invalid("spec.maxReplicas", most, why));
    }
    for field in ["kind", "name"] {
        if object.text(&format!("/spec/scaleTargetRef/{field}")).is_empty() {
            complaints.push(Complaint::required(format!("spec.scaleTargetRef.{field}"), ""));
        }
    }
    complaints
}
