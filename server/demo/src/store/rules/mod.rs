//! What an API server demands of an object before it is stored.
//!
//! As far as actions and grants meet it: sizes, labels, resources, roles, and what may never change. Never changes an
//! object.

mod change;
mod containers;
mod metadata;
mod quantity;
mod rbac;
mod workload;

pub(crate) use self::containers::is_quantity;
pub(super) use self::metadata::check_name;
use crate::{complaint::Complaint, kinds::Kind, object::Object, refusal::Refusal};

/// Judges an object that is to be created, its defaults filled in.
pub(super) fn on_create(kind: &Kind, object: &Object) -> Result<(), Refusal> {
    judge(kind, object, &content(kind, object))
}

/// Judges an object that is to take the place of another.
pub(super) fn on_update(kind: &Kind, object: &Object, current: &Object) -> Result<(), Refusal> {
    let mut complaints = content(kind, object);
    complaints.extend(change::check(kind, object, current));
    judge(kind, object, &complaints)
}

fn content(kind: &Kind, object: &Object) -> Vec<Complaint> {
    let mut complaints = metadata::check(object);
    complaints.extend(workload::check(kind, object));
    complaints.extend(rbac::check(kind, object));
    complaints
}

fn judge(kind: &Kind, object: &Object, complaints: &[Complaint]) -> Result<(), Refusal> {
    if complaints.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid_object(kind.group, kind.name, object.name(), complaints))
}
