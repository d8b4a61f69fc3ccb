//! What every row takes from its object's metadata.

use std::time::Duration;

use domain::{
    names::{Namespace, ObjectName},
    resources::OwnerRow,
    time::Timestamp,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference, Time};

/// Who an object is: where, called what, which one, since when.
pub(super) struct Identity {
    pub(super) namespace: Namespace,
    pub(super) name: ObjectName,
    pub(super) uid: String,
    pub(super) created_at: Timestamp,
}

/// The identity of a namespaced object; `None` when its names are none.
pub(super) fn identity(metadata: &ObjectMeta) -> Option<Identity> {
    Some(Identity {
        namespace: metadata.namespace.as_deref()?.parse().ok()?,
        name: metadata.name.as_deref()?.parse().ok()?,
        uid: metadata.uid.clone()?,
        created_at: created_at(metadata),
    })
}

/// When an object was created; the beginning of time where it does not say.
pub(super) fn created_at(metadata: &ObjectMeta) -> Timestamp {
    metadata.creation_timestamp.as_ref().map_or(Timestamp::from_micros(0), moment)
}

/// The controller among an object's owners.
pub(super) fn controller(metadata: &ObjectMeta) -> Option<OwnerRow> {
    metadata
        .owner_references
        .iter()
        .flatten()
        .find(|owner| owner.controller == Some(true))
        .map(owner_row)
}

fn owner_row(owner: &OwnerReference) -> OwnerRow {
    OwnerRow { kind: owner.kind.clone(), name: owner.name.clone(), uid: owner.uid.clone() }
}

/// A moment the cluster gave.
pub(super) fn moment(time: &Time) -> Timestamp {
    Timestamp::from_micros(time.0.as_microsecond())
}

/// When the deletion of an object was asked for. Its deletion timestamp is when it is due.
pub(super) fn deletion_asked_for(metadata: &ObjectMeta) -> Option<Timestamp> {
    let due = moment(metadata.deletion_timestamp.as_ref()?);
    let grace = metadata.deletion_grace_period_seconds.unwrap_or(0);
    Some(due.minus(Duration::from_secs(u64::try_from(grace).unwrap_or(0))))
}

/// A number of things; the API writes them signed.
pub(super) fn count(number: impl Into<Option<i32>>) -> u32 {
    u32::try_from(number.into().unwrap_or(0)).unwrap_or(0)
}
