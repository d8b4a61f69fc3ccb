//! What the API server adds to a new object, and what it demands of its name.
//!
//! Never changes a field that the object already has, except a status it may not bring along.

use serde_json::{Value, json};

use crate::{
    kinds,
    kinds::{Kind, Shape},
    object::Object,
    refusal::Refusal,
    selector::Selector,
};

/// Fills in what is not said.
pub(super) fn fill(kind: &Kind, object: &mut Object) {
    for (pointer, value) in of(kind) {
        if !object.has(pointer) {
            object.set(pointer, value);
        }
    }
}

/// Gives a new object its first status: only controllers may write one.
pub(super) fn begin(kind: &Kind, object: &mut Object) {
    if kind.shape == Shape::Generation {
        object.set("/status", json!({}));
    }
    if *kind == kinds::POD {
        object.set("/status", json!({ "phase": "Pending", "qosClass": "Burstable" }));
    }
    if *kind == kinds::NAMESPACE {
        let name = object.name().to_owned();
        object
            .set("/metadata/labels/kubernetes.io~1metadata.name", name)
            .set("/spec/finalizers", json!(["kubernetes"]))
            .set("/status/phase", "Active");
    }
}

fn of(kind: &Kind) -> Vec<(&'static str, Value)> {
    let quarter = json!({ "maxSurge": "25%", "maxUnavailable": "25%" });
    match kind.name {
        "Pod" => vec![
            ("/spec/restartPolicy", json!("Always")),
            ("/spec/terminationGracePeriodSeconds", json!(30)),
            ("/spec/serviceAccountName", json!("default")),
            ("/spec/schedulerName", json!("default-scheduler")),
        ],
        "Deployment" => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/strategy", json!({ "type": "RollingUpdate", "rollingUpdate": quarter })),
            ("/spec/progressDeadlineSeconds", json!(600)),
            ("/spec/revisionHistoryLimit", json!(10)),
        ],
        "ReplicaSet" => vec![("/spec/replicas", json!(1))],
        "StatefulSet" => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/podManagementPolicy", json!("OrderedReady")),
            (
                "/spec/updateStrategy",
                json!({ "type": "RollingUpdate", "rollingUpdate": { "partition": 0 } }),
            ),
        ],
        "DaemonSet" => {
            vec![(
                "/spec/updateStrategy",
                json!({ "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": 1 } }),
            )]
        }
        "Job" => vec![
            ("/spec/parallelism", json!(1)),
            ("/spec/completions", json!(1)),
            ("/spec/backoffLimit", json!(6)),
        ],
        "CronJob" => {
            vec![("/spec/suspend", json!(false)), ("/spec/concurrencyPolicy", json!("Allow"))]
        }
        "Service" => vec![("/spec/type", json!("ClusterIP"))],
        _ => Vec::new(),
    }
}

/// A workload must select the pods it makes, or it would make them for ever.
pub(super) fn check_selector(kind: &Kind, object: &Object) -> Result<(), Refusal> {
    let makes_pods = kind.group == "apps";
    let template = Object::new(object.at("/spec/template").clone());
    let selector = Selector::of_object(object.at("/spec/selector"));
    if !makes_pods || (!selector.is_empty() && selector.matches(&template)) {
        return Ok(());
    }
    let field = "spec.template.metadata.labels";
    let labels = template.at("/metadata/labels");
    let complaint = format!("Invalid value: {labels}: `selector` does not match template `labels`");
    let why = ("FieldValueInvalid", complaint.as_str());
    let (group, name) = (kind.group, object.name());
    Err(Refusal::invalid(group, kind.name, name, field, why))
}

/// Names are RFC 1123 subdomains; those of RBAC objects may be anything that fits a path segment.
pub(super) fn check_name(kind: &Kind, name: &str) -> Result<(), Refusal> {
    let refuse = |why| Err(Refusal::invalid(kind.group, kind.name, name, "metadata.name", why));
    if name.is_empty() {
        return refuse(("FieldValueRequired", "Required value: name or generateName is required"));
    }
    let good = if kind.group.starts_with("rbac.") {
        !name.contains(['/', '%']) && !matches!(name, "." | "..")
    } else {
        name.len() <= 253 && name.split('.').all(is_label)
    };
    if good {
        return Ok(());
    }
    let rule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', \
                and must start and end with an alphanumeric character";
    refuse(("FieldValueInvalid", &format!("Invalid value: \"{name}\": {rule}")))
}

fn is_label(part: &str) -> bool {
    let alphanumeric = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let (Some(first), Some(last)) = (part.as_bytes().first(), part.as_bytes().last()) else {
        return false;
    };
    alphanumeric(first)
        && alphanumeric(last)
        && part.bytes().all(|byte| alphanumeric(&byte) || byte == b'-')
}
