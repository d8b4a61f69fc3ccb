//! `scale`: the size of a workload, by itself.
//!
//! Never changes anything but `spec.replicas`; the workload keeps the rest.

use serde_json::{Value, json};

use super::{
    Answer,
    call::Call,
    decode,
    write::{Incoming, misread_patch},
};
use crate::{
    access::Resource,
    cluster::Cluster,
    complaint::Complaint,
    kinds::Kind,
    object::Object,
    refusal::Refusal,
    store::{Effect, Key, Part, Patch, Transaction},
};

const GROUP: &str = "autoscaling";

pub(super) fn answer(
    cluster: &Cluster,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let effect = call.effect()?;
    let mut transaction = cluster.store.begin(cluster.now());
    let current = transaction.get(&key)?;
    let wanted = match call.attributes.verb.as_str() {
        "get" => return Ok(Answer::ok(scale(&current))),
        "update" => asked(incoming, &key.name)?,
        "patch" => {
            let patched =
                Patch::read(incoming.media_type(), &incoming.body)?.apply(&scale(&current))?;
            if let Some(complaint) = decode::misread_as("Scale", &patched) {
                return Err(misread_patch(&patched, &complaint));
            }
            patched
        }
        _ => return Err(Refusal::method_not_allowed()),
    };
    let resized = resize(&mut transaction, &key, &current, &Object::new(wanted), effect)?;
    Ok(Answer::ok(resized))
}

/// The scale that a body asks for.
fn asked(incoming: &Incoming<'_>, name: &str) -> Result<Value, Refusal> {
    let body = incoming.json()?;
    let scale = Object::new(body);
    let kind = (scale.text("/apiVersion"), scale.text("/kind"));
    if !matches!(kind, ("" | "autoscaling/v1", "" | "Scale")) {
        let message = format!("{} in version \"{}\" cannot be handled as a Scale", kind.1, kind.0);
        return Err(Refusal::bad_request(message));
    }
    if let Some(complaint) = decode::misread_as("Scale", scale.value()) {
        let message = format!("Scale in version \"v1\" cannot be handled as a Scale: {complaint}");
        return Err(Refusal::bad_request(message));
    }
    if scale.name() != name {
        return Err(Refusal::bad_request(format!(
            "the name of the object ({}) does not match the name on the URL ({name})",
            scale.name()
        )));
    }
    Ok(scale.value().clone())
}

fn resize(
    transaction: &mut Transaction<'_>,
    key: &Key,
    current: &Object,
    wanted: &Object,
    effect: Effect,
) -> Result<Value, Refusal> {
    let kind = key.kind;
    let uid = wanted.uid();
    if !uid.is_empty() && uid != current.uid() {
        let resource = format!("{}/scale", kind.plural);
        return Err(Refusal::other_uid(kind.group, &resource, &key.name, (uid, current.uid())));
    }
    let replicas = wanted.number("/spec/replicas");
    if replicas < 0 {
        let why = "must be greater than or equal to 0";
        let complaint = Complaint::invalid("spec.replicas", &json!(replicas), why);
        return Err(Refusal::invalid_object(GROUP, "Scale", &key.name, &[complaint]));
    }
    let mut resized = current.clone().with("/spec/replicas", replicas);
    if wanted.has("/metadata/resourceVersion") {
        let version = wanted.at("/metadata/resourceVersion").clone();
        resized.set("/metadata/resourceVersion", version);
    }
    let stored = transaction.replace(key, resized, Part::Main, effect)?;
    Ok(scale(&stored))
}

/// A workload as its scale. A size of zero is left out, as Go leaves it out.
fn scale(workload: &Object) -> Value {
    let replicas = workload.number("/spec/replicas");
    let spec = if replicas == 0 { json!({}) } else { json!({ "replicas": replicas }) };
    json!({
        "kind": "Scale",
        "apiVersion": format!("{GROUP}/v1"),
        "metadata": {
            "name": workload.name(),
            "namespace": workload.namespace(),
            "uid": workload.uid(),
            "resourceVersion": workload.text("/metadata/resourceVersion"),
            "creationTimestamp": workload.text("/metadata/creationTimestamp"),
        },
        "spec": spec,
        "status": {
            "replicas": workload.number("/status/replicas"),
            "selector": crate::selector::as_text(workload.at("/spec/selector")),
        },
    })
}
