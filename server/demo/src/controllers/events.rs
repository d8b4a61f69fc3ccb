//! Events: what controllers and kubelets tell about objects.
//!
//! Never repeats itself: the same news again counts up. Forgets after an hour, as clusters do.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Step, carry_out, scope::Scope};
use crate::{
    ids::fingerprint,
    kinds,
    object::Object,
    store::{Deletion, Key, Store, seconds},
};

/// How long events are kept: kube-apiserver's default.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// What is told about an object.
pub(crate) struct Note<'a> {
    kind: &'static str,
    reason: &'a str,
    message: &'a str,
    component: &'a str,
}

impl<'a> Note<'a> {
    pub(crate) fn normal(reason: &'a str, message: &'a str, component: &'a str) -> Self {
        Self { kind: "Normal", reason, message, component }
    }

    pub(crate) fn warning(reason: &'a str, message: &'a str, component: &'a str) -> Self {
        Self { kind: "Warning", reason, message, component }
    }
}

/// Tells something about an object of this namespace.
pub(crate) fn record(scope: &Scope<'_>, about: &Object, note: &Note<'_>) -> Step {
    let identity = fingerprint(&format!("{} {} {}", about.uid(), note.reason, note.message));
    let name = format!("{}.{identity}", about.name());
    let now = seconds(scope.now);
    if let Some(known) = scope.all(&kinds::EVENT).find(|event| event.name() == name) {
        let again = Object::clone(known)
            .with("/count", known.number("/count") + 1)
            .with("/lastTimestamp", now);
        return Step::Replace(Key::of(&kinds::EVENT, known), again);
    }
    let source = match about.text("/spec/nodeName") {
        host if note.component == "kubelet" => json!({ "component": note.component, "host": host }),
        _ => json!({ "component": note.component }),
    };
    Step::Create(
        &kinds::EVENT,
        Object::new(json!({
            "metadata": { "name": name, "namespace": about.namespace() },
            "involvedObject": {
                "apiVersion": about.text("/apiVersion"), "kind": about.text("/kind"),
                "namespace": about.namespace(), "name": about.name(), "uid": about.uid(),
                "resourceVersion": about.text("/metadata/resourceVersion"),
            },
            "type": note.kind, "reason": note.reason, "message": note.message, "source": source,
            "firstTimestamp": now, "lastTimestamp": now, "count": 1,
            "reportingComponent": note.component, "reportingInstance": about.text("/spec/nodeName"),
        })),
    )
}

/// Forgets what was last told more than an hour ago.
pub(crate) fn expire(store: &Store, now: Timestamp) {
    let (objects, _) = store.snapshot();
    let old = objects.iter().filter(|(key, event)| {
        let told = event.time("/lastTimestamp").unwrap_or(now);
        *key.kind == kinds::EVENT && now.duration_since(told) > KEPT
    });
    carry_out(
        store,
        now,
        old.map(|(key, _)| Step::Delete(key.clone(), Deletion::default())).collect(),
    );
}
