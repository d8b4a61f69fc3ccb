//! The beginning of every equivalent `kubectl` command.

use crate::actions::TargetRef;

/// `kubectl`, told where.
pub(super) fn kubectl(target: &TargetRef, rest: impl std::fmt::Display) -> String {
    format!("kubectl --context {} --namespace {} {rest}", target.cluster, target.namespace)
}

/// The target, as `kubectl` takes it: `deployment/checkout-api`.
pub(super) fn named(target: &TargetRef) -> String {
    format!("{}/{}", target.kind.singular(), target.name)
}
