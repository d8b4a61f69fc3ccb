//! `get` and `list`, with selectors and consistent pages.
//!
//! Never mixes two revisions in one list: later pages read the revision of the first.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{Answer, call::Call, view::View};
use crate::{
    access::Resource,
    cluster::Cluster,
    kinds::Kind,
    refusal::Refusal,
    store::{Key, Objects},
};

pub(super) fn get(
    cluster: &Cluster,
    kind: &'static Kind,
    resource: &Resource,
    view: View,
) -> Result<Answer, Refusal> {
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let object = cluster.store.get(&key).ok_or_else(|| Refusal::not_found(kind, &resource.name))?;
    Ok(Answer::ok(view.object(&object)))
}

pub(super) fn list(
    cluster: &Cluster,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    view: View,
) -> Result<Answer, Refusal> {
    let selector = call.options.selector(kind)?;
    let page = Page::read(cluster, call)?;
    let limit = call.options.limit.parse().ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let mut matching = page
        .objects
        .iter()
        .filter(|(key, _)| is_in(key, kind, resource))
        .filter(|(key, _)| {
            page.after
                .as_ref()
                .is_none_or(|after| (&key.namespace, &key.name) > (&after.0, &after.1))
        })
        .filter(|(_, object)| selector.matches(object));
    let shown: Vec<_> = matching.by_ref().take(limit).collect();
    let left = matching.count();
    let mut metadata = json!({ "resourceVersion": page.revision.to_string() });
    if let Some((last, _)) = shown.last().filter(|_| left > 0) {
        metadata["continue"] = json!(continuation(page.revision, last));
        if selector.is_empty() {
            metadata["remainingItemCount"] = json!(left);
        }
    }
    let items: Vec<Value> = shown.iter().map(|(_, object)| view.item(object)).collect();
    Ok(Answer::ok(view.list(kind, &metadata, &items)))
}

/// Whether an object belongs to a list or watch of a resource.
pub(super) fn is_in(key: &Key, kind: &Kind, resource: &Resource) -> bool {
    let everywhere = !kind.is_namespaced() || resource.namespace.is_empty();
    key.kind == kind && (everywhere || key.namespace == resource.namespace)
}

/// The state a page is read from, and the namespace and name it starts after.
struct Page {
    objects: Arc<Objects>,
    revision: u64,
    after: Option<(String, String)>,
}

impl Page {
    fn read(cluster: &Cluster, call: &Call) -> Result<Self, Refusal> {
        if call.options.continuation.is_empty() {
            let (objects, revision) = cluster.store.snapshot();
            let wanted = call.options.resource_version.parse().unwrap_or(0);
            if wanted > revision {
                return Err(Refusal::revision_too_large(wanted, revision));
            }
            return Ok(Self { objects, revision, after: None });
        }
        let token = || Refusal::bad_request("invalid continue token: continue key is not valid");
        let bytes = URL_SAFE_NO_PAD.decode(&call.options.continuation).map_err(|_| token())?;
        let (revision, namespace, name): (u64, String, String) =
            serde_json::from_slice(&bytes).map_err(|_| token())?;
        let objects = cluster.store.snapshot_at(revision).map_err(|_| {
            Refusal::expired(
                "The provided continue parameter is too old to display a consistent list result. \
                 You can start a new list without the continue parameter.",
            )
        })?;
        Ok(Self { objects, revision, after: Some((namespace, name)) })
    }
}

fn continuation(revision: u64, last: &Key) -> String {
    URL_SAFE_NO_PAD.encode(json!([revision, last.namespace, last.name]).to_string())
}
