//! Namespaces as rows.

use domain::resources::NamespaceRow;
use k8s_openapi::api::core::v1::Namespace;

use super::metadata::{created_at, moment};

/// The row of a namespace.
pub(in crate::cluster) fn namespace_row(namespace: Namespace) -> Option<NamespaceRow> {
    let metadata = namespace.metadata;
    Some(NamespaceRow {
        name: metadata.name.as_deref()?.parse().ok()?,
        uid: metadata.uid.clone()?,
        created_at: created_at(&metadata),
        deleting_since: metadata.deletion_timestamp.as_ref().map(moment),
        labels: metadata.labels.unwrap_or_default(),
    })
}
