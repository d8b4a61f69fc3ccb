//! `create`, `update`, `patch`, `delete` and `deletecollection`.
//!
//! Never applies strategic or server-side-apply patches: they are refused by media type.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
};
use serde_json::{Value, json};

use super::{Answer, call::Call, read::is_in};
use crate::{
    access::Resource,
    cluster::Cluster,
    kinds,
    kinds::Kind,
    object::Object,
    refusal::Refusal,
    store::{Key, Part, merge},
};

/// A request's headers and body.
pub(super) struct Incoming<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

impl Incoming<'_> {
    /// The body as JSON; an absent one is `null`.
    pub(super) fn json(&self) -> Result<Value, Refusal> {
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::bad_request(format!("the body is not valid JSON: {error}")))
    }

    /// An object of a kind for a place, which it may name but not contradict.
    fn object(&self, kind: &Kind, resource: &Resource) -> Result<Object, Refusal> {
        let mut object = Object::new(self.json()?);
        let (named, api_version) = (object.text("/kind"), object.text("/apiVersion"));
        if !matches!(named, "" | "DeleteOptions")
            && (named != kind.name || api_version != kind.api_version())
        {
            let message = format!(
                "{named} in version \"{api_version}\" cannot be handled as a {}",
                kind.name
            );
            return Err(Refusal::bad_request(message));
        }
        if !resource.name.is_empty() && object.name() != resource.name {
            return Err(Refusal::bad_request(format!(
                "the name of the object ({}) does not match the name on the URL ({})",
                object.name(),
                resource.name
            )));
        }
        if kind.is_namespaced() {
            if !matches!(object.namespace(), "") && object.namespace() != resource.namespace {
                let message = "the namespace of the provided object does not match the namespace sent on the request";
                return Err(Refusal::bad_request(message));
            }
            object.set("/metadata/namespace", resource.namespace.as_str());
        }
        Ok(object)
    }
}

pub(super) fn create(
    cluster: &Cluster,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    if !resource.name.is_empty() {
        return Err(Refusal::method_not_allowed());
    }
    let object = incoming.object(kind, resource)?;
    let effect = call.options.effect()?;
    let created = cluster.store.begin(cluster.now()).create(kind, object, effect)?;
    Ok(Answer::created(created.value().clone()))
}

pub(super) fn update(
    cluster: &Cluster,
    call: &Call,
    (kind, part): (&'static Kind, Part),
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let object = incoming.object(kind, resource)?;
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let effect = call.options.effect()?;
    let updated = cluster.store.begin(cluster.now()).replace(&key, object, part, effect)?;
    Ok(Answer::ok(updated.value().clone()))
}

pub(super) fn patch(
    cluster: &Cluster,
    call: &Call,
    (kind, part): (&'static Kind, Part),
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let media_type =
        incoming.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if media_type.and_then(|value| value.split(';').next()) != Some("application/merge-patch+json")
    {
        return Err(Refusal::unsupported_media_type());
    }
    let patch = incoming.json()?;
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let effect = call.options.effect()?;
    let mut transaction = cluster.store.begin(cluster.now());
    let mut patched = transaction.get(&key)?.value().clone();
    merge(&mut patched, &patch);
    let updated = transaction.replace(&key, Object::new(patched), part, effect)?;
    Ok(Answer::ok(updated.value().clone()))
}

pub(super) fn delete(
    cluster: &Cluster,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let (deletion, effect) = call.options.deletion(&incoming.json()?)?;
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let deleted = cluster.store.begin(cluster.now()).delete(&key, &deletion, effect)?;
    // Pods and namespaces outlive the request, so they are shown; others are gone.
    if *kind == kinds::POD || *kind == kinds::NAMESPACE {
        return Ok(Answer::ok(deleted.value().clone()));
    }
    let mut details = json!({ "name": key.name, "kind": kind.plural, "uid": deleted.uid() });
    if !kind.group.is_empty() {
        details["group"] = json!(kind.group);
    }
    let status = json!({ "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details });
    Ok(Answer::Json(StatusCode::OK, status))
}

pub(super) fn delete_collection(
    cluster: &Cluster,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let (deletion, effect) = call.options.deletion(&incoming.json()?)?;
    let selector = call.options.selector(kind)?;
    let mut transaction = cluster.store.begin(cluster.now());
    let members = transaction.objects().iter().filter(|(key, _)| is_in(key, kind, resource));
    let chosen: Vec<Key> = members
        .filter(|(_, object)| selector.matches(object))
        .map(|(key, _)| key.clone())
        .collect();
    let mut items = Vec::new();
    for key in chosen {
        items.push(transaction.delete(&key, &deletion, effect)?.value().clone());
    }
    let list = json!({
        "kind": format!("{}List", kind.name), "apiVersion": kind.api_version(), "metadata": {}, "items": items,
    });
    Ok(Answer::ok(list))
}
