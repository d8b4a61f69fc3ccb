//! `serviceaccounts/token`: a bearer token for a service account, which ends by itself.
//!
//! Follows the API server's own order of checks. Never tells a token to anybody but its caller: no object, no log and
//! no audit event holds it.

use jiff::SignedDuration;
use serde_json::json;

use super::{
    Answer,
    call::Call,
    decode,
    write::{Incoming, OTHER_NAMESPACE},
};
use crate::{
    access::{AUDIENCE, AccountToken, Resource},
    audit::Record,
    cluster::Cluster,
    complaint::Complaint,
    kinds,
    object::Object,
    refusal::Refusal,
    store::{Key, seconds},
};

const GROUP: &str = "authentication.k8s.io";
const VERSION: &str = "authentication.k8s.io/v1";
const KIND: &str = "TokenRequest";

/// The shortest, the usual and the longest life of a token, in seconds.
const LEAST: i64 = 600;
const USUAL: i64 = 3600;
const MOST: i64 = 1 << 32;

pub(super) fn request(
    cluster: &Cluster,
    call: &Call,
    resource: &Resource,
    incoming: &Incoming<'_>,
    record: &mut Record,
) -> Result<Answer, Refusal> {
    let asked = asked(incoming, resource)?;
    // As on a real server, only its form matters: a rehearsal is given a token like any other request.
    call.effect()?;
    let key = Key::new(&kinds::SERVICE_ACCOUNT, &resource.namespace, &resource.name);
    let transaction = cluster.store.begin(cluster.now());
    let place = json!({ "metadata": { "name": key.name, "namespace": key.namespace } });
    transaction.admit(key.kind, &Object::new(place))?;
    check_name(&asked, &key)?;
    let account = transaction.get(&key)?;
    let lifetime = lifetime(&asked)?;
    check_unbound(&asked)?;
    let now = transaction.now();
    let issued = AccountToken {
        account: key,
        uid: account.uid().to_owned(),
        credential: format!("JTI={}", cluster.store.ids().uid()),
        audiences: audiences(&asked),
        expires: now.saturating_add(SignedDuration::from_secs(lifetime)).unwrap_or(now),
    };
    record.issued(&issued.credential);
    let token = cluster.store.ids().secret();
    let answer = json!({
        "kind": KIND,
        "apiVersion": VERSION,
        "metadata": {
            "name": issued.account.name, "namespace": issued.account.namespace,
            "creationTimestamp": seconds(now),
        },
        "spec": {
            "audiences": issued.audiences, "expirationSeconds": lifetime, "boundObjectRef": null,
        },
        "status": { "token": token, "expirationTimestamp": seconds(issued.expires) },
    });
    cluster.tokens.issue(&token, issued, now);
    Ok(Answer::created(answer))
}

/// What a body asks for, in the namespace of the request.
fn asked(incoming: &Incoming<'_>, resource: &Resource) -> Result<Object, Refusal> {
    let asked = Object::new(incoming.json()?);
    let (kind, version) = (asked.text("/kind"), asked.text("/apiVersion"));
    if !matches!(kind, "" | KIND) || !matches!(version, "" | VERSION) {
        let message = format!("{kind} in version \"{version}\" cannot be handled as a {KIND}");
        return Err(Refusal::bad_request(message));
    }
    if let Some(complaint) = decode::misread_as(KIND, asked.value()) {
        let message =
            format!("{KIND} in version \"v1\" cannot be handled as a {KIND}: {complaint}");
        return Err(Refusal::bad_request(message));
    }
    if !asked.namespace().is_empty() && asked.namespace() != resource.namespace {
        return Err(Refusal::bad_request(OTHER_NAMESPACE));
    }
    Ok(asked)
}

/// A request may name its account, but no other.
fn check_name(asked: &Object, key: &Key) -> Result<(), Refusal> {
    if asked.name().is_empty() || asked.name() == key.name {
        return Ok(());
    }
    let why = "must match the service account name if specified";
    let complaint = Complaint::invalid("metadata.name", &json!(asked.name()), why);
    Err(Refusal::invalid_object(GROUP, KIND, &key.name, &[complaint]))
}

fn lifetime(asked: &Object) -> Result<i64, Refusal> {
    let seconds = asked.at("/spec/expirationSeconds").as_i64().unwrap_or(USUAL);
    let why = match seconds {
        LEAST..=MOST => return Ok(seconds),
        ..LEAST => "may not specify a duration less than 10 minutes",
        _ => "may not specify a duration larger than 2^32 seconds",
    };
    let complaint = Complaint::invalid("spec.expirationSeconds", &json!(seconds), why);
    Err(Refusal::invalid_object(GROUP, KIND, "", &[complaint]))
}

/// A token that should end with a pod would here outlive it, so that there is none.
fn check_unbound(asked: &Object) -> Result<(), Refusal> {
    if !asked.has("/spec/boundObjectRef") {
        return Ok(());
    }
    let text = |field: &str| asked.text(&format!("/spec/boundObjectRef/{field}"));
    let (group, version) = text("apiVersion").split_once('/').unwrap_or(("", text("apiVersion")));
    let kind = text("kind");
    let message = format!("cannot bind token to object of type {group}/{version}, Kind={kind}");
    Err(Refusal::bad_request(message))
}

/// For whom a token is meant; for this API server, where nobody is named.
fn audiences(asked: &Object) -> Vec<String> {
    let named = asked.items("/spec/audiences").iter();
    let named: Vec<_> =
        named.filter_map(|audience| audience.as_str().map(ToOwned::to_owned)).collect();
    if named.is_empty() { vec![AUDIENCE.to_owned()] } else { named }
}
