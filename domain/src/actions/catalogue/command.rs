//! What the declarations share: the beginning of every equivalent `kubectl` command, what was said, and what was
//! there before.

use serde_json::Value;

use crate::actions::{Bounds, FieldChange, Parameter, Parameters, TargetRef};

/// The parameter of actions that take pods away in waves.
pub(super) const AT_ONCE: &str = "at_once";
pub(super) const PODS_AT_ONCE: Parameter =
    Parameter::needed(AT_ONCE, Bounds::Integer { least: 1, most: 50 });

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

/// How many pods may be on their way at a time: one, where nothing was said.
pub(super) fn at_once(parameters: &Parameters) -> u32 {
    let number = said(parameters, AT_ONCE).as_u64();
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or(1)
}

/// The number that a field of the object was before, where it was one.
pub(super) fn number_before(changes: &[FieldChange], field: &str) -> Option<Value> {
    let before = changes.iter().find(|change| change.field == field)?.before.as_ref()?;
    serde_json::from_str(before).ok().filter(Value::is_number)
}

/// A parameter; null where nothing was said, as in requests of a time when it was not asked for.
pub(super) fn said<'a>(parameters: &'a Parameters, name: &str) -> &'a Value {
    parameters.get(name).unwrap_or(&Value::Null)
}
