//! Impersonation headers: every user, group, UID and extra must be allowed by name before the switch.
//!
//! Never lets a header through unasked.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use percent_encoding::percent_decode_str;

use super::{
    Attributes, Resource, Target, User, authorise,
    user::{AUTHENTICATED, UNAUTHENTICATED, service_account, service_account_groups},
};
use crate::{refusal::Refusal, store::Objects};

const EXTRA: &str = "impersonate-extra-";

/// Why a request does not run as the user it names.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotImpersonated {
    /// The requester may not be one of the things they asked to be.
    #[error(transparent)]
    Forbidden(#[from] Refusal),
    /// Groups or extras came without a user. A real server answers this with an internal error.
    #[error("requested {0} without impersonating a user")]
    WithoutUser(String),
}

/// The user that the headers ask to be; `None` without such headers.
pub(crate) fn impersonate(
    objects: &Objects,
    requester: &User,
    headers: &HeaderMap,
) -> Result<Option<User>, NotImpersonated> {
    let name = values(headers, "impersonate-user").into_iter().next().unwrap_or_default();
    let asked = User {
        uid: values(headers, "impersonate-uid").into_iter().next().unwrap_or_default(),
        groups: values(headers, "impersonate-group"),
        extra: extras(headers),
        name,
    };
    if asked == User::default() {
        return Ok(None);
    }
    if asked.name.is_empty() {
        return Err(NotImpersonated::WithoutUser(format!("{:?} {:?}", asked.groups, asked.extra)));
    }
    for attributes in wanted(&asked) {
        let decision = authorise(objects, requester, &attributes);
        if !decision.allowed {
            return Err(attributes.forbidden(requester, &decision).into());
        }
    }
    Ok(Some(complete(asked)))
}

/// One question per thing to be impersonated.
fn wanted(asked: &User) -> Vec<Attributes> {
    let mut wanted = vec![match service_account(&asked.name) {
        Some((namespace, name)) => {
            Resource { namespace: namespace.to_owned(), ..subject("", "serviceaccounts", name) }
        }
        None => subject("", "users", &asked.name),
    }];
    if !asked.uid.is_empty() {
        wanted.push(subject("authentication.k8s.io", "uids", &asked.uid));
    }
    wanted.extend(asked.groups.iter().map(|group| subject("", "groups", group)));
    for (key, values) in &asked.extra {
        let extra = |value: &String| Resource {
            subresource: key.clone(),
            ..subject("authentication.k8s.io", "userextras", value)
        };
        wanted.extend(values.iter().map(extra));
    }
    let ask = |resource| Attributes {
        verb: "impersonate".to_owned(),
        target: Target::Resource(resource),
    };
    wanted.into_iter().map(ask).collect()
}

fn subject(group: &str, plural: &str, name: &str) -> Resource {
    Resource {
        group: group.to_owned(),
        version: "v1".to_owned(),
        plural: plural.to_owned(),
        name: name.to_owned(),
        ..Resource::default()
    }
}

/// Adds the groups that follow from being somebody at all.
fn complete(mut user: User) -> User {
    if user.groups.is_empty() {
        user.groups = service_account_groups(&user.name);
    }
    let implied = if user.name == User::anonymous().name { UNAUTHENTICATED } else { AUTHENTICATED };
    if !user.is_in(AUTHENTICATED) && !user.is_in(UNAUTHENTICATED) {
        user.groups.push(implied.to_owned());
    }
    user
}

fn extras(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let names = headers.keys().filter_map(|name| name.as_str().strip_prefix(EXTRA));
    names
        .map(|key| {
            let decoded = percent_decode_str(key).decode_utf8_lossy().into_owned();
            (decoded, values(headers, &format!("{EXTRA}{key}")))
        })
        .collect()
}

fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.map(ToOwned::to_owned).collect()
}
