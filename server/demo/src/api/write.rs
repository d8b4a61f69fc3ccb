//! `create`, `update`, `patch`, `delete` and `deletecollection`.
//!
//! Never knows what a patch means: see `store::Patch`.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
};
use serde_json::{Value, json};

use super::{Answer, call::Call, decode, read::is_in};
use crate::{
    access::{Resource, User, check_escalation},
    cluster::Cluster,
    complaint::Complaint,
    kinds,
    kinds::Kind,
    object::Object,
    refusal::Refusal,
    store::{Key, Part, Patch},
};

/// What a body that names another namespace than its path is told.
pub(super) const OTHER_NAMESPACE: &str =
    "the namespace of the provided object does not match the namespace sent on the request";

/// What comes with a request: who asks, its headers and its body.
pub(super) struct Incoming<'a> {
    pub(super) user: &'a User,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

impl Incoming<'_> {
    pub(super) fn media_type(&self) -> &str {
        let value = self.headers.get(header::CONTENT_TYPE);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

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
        if let Some(complaint) = decode::misread(kind, object.value()) {
            let message = format!(
                "{} in version \"{}\" cannot be handled as a {}: {complaint}",
                kind.name, kind.version, kind.name
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
                return Err(Refusal::bad_request(OTHER_NAMESPACE));
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
    let effect = call.effect()?;
    let mut transaction = cluster.store.begin(cluster.now());
    transaction.admit(kind, &object)?;
    check_escalation(transaction.objects(), incoming.user, resource, &object, None)?;
    let created = transaction.create(kind, object, effect)?;
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
    let effect = call.effect()?;
    let mut transaction = cluster.store.begin(cluster.now());
    let found = transaction.get(&key)?;
    if !object.uid().is_empty() && object.uid() != found.uid() {
        let uids = (object.uid(), found.uid());
        return Err(Refusal::other_uid(kind.group, kind.plural, &key.name, uids));
    }
    check_escalation(transaction.objects(), incoming.user, resource, &object, Some(&*found))?;
    let updated = transaction.replace(&key, object, part, effect)?;
    Ok(Answer::ok(updated.value().clone()))
}

pub(super) fn patch(
    cluster: &Cluster,
    call: &Call,
    (kind, part): (&'static Kind, Part),
    resource: &Resource,
    incoming: &Incoming<'_>,
) -> Result<Answer, Refusal> {
    let patch = Patch::read(incoming.media_type(), &incoming.body)?;
    let key = Key::new(kind, &resource.namespace, &resource.name);
    let effect = call.effect()?;
    let mut transaction = cluster.store.begin(cluster.now());
    let found = transaction.get(&key)?;
    let patched = patch.apply(found.value())?;
    if let Some(complaint) = decode::misread(kind, &patched) {
        return Err(misread_patch(&patched, &complaint));
    }
    let patched = Object::new(patched);
    check_escalation(transaction.objects(), incoming.user, resource, &patched, Some(&*found))?;
    let updated = transaction.replace(&key, patched, part, effect)?;
    Ok(Answer::ok(updated.value().clone()))
}

/// What a patch made of an object is no object of its kind any more.
pub(super) fn misread_patch(patched: &Value, complaint: &str) -> Refusal {
    let shown = Value::from(patched.to_string());
    let complaint = Complaint::invalid("patch", &shown, complaint);
    Refusal::invalid_object("", "", "", &[complaint])
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
    // What outlives the request is shown; the rest is gone.
    let waits = !deleted.items("/metadata/finalizers").is_empty();
    if waits || [&kinds::POD, &kinds::NAMESPACE, &kinds::SERVICE_ACCOUNT].contains(&kind) {
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
