//! What the declarations share: the beginning of every equivalent `kubectl` command, and what was said.

use serde_json::Value;

use crate::actions::{Parameters, TargetRef};

/// `kubectl`, told where.
pub(super) fn kubectl(target: &TargetRef, rest: impl std::fmt::Display) -> String {
    let TargetRef { cluster, namespace, kind, .. } = target;
    if kind.is_cluster_wide() {
        return format!("kubectl --context {cluster} {rest}");
    }
    format!("kubectl --context {cluster} --namespace {namespace} {rest}")
}

/// The target, as `kubectl` takes it: `deployment/checkout-api`.
pub(super) fn named(target: &TargetRef) -> String {
    format!("{}/{}", target.kind.singular(), target.name)
}

/// A parameter; null where nothing was said, as in requests of a time when it was not asked for.
pub(super) fn said<'a>(parameters: &'a Parameters, name: &str) -> &'a Value {
    parameters.get(name).unwrap_or(&Value::Null)
}
