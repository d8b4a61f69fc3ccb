//! Reading a request line: verb, target and options, as the API server's request info does.
//!
//! Never looks at headers or objects.

use axum::{
    extract::Query,
    http::{Method, Uri},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::options::Options;
use crate::{
    access::{Attributes, Resource, Target},
    kinds,
    refusal::Refusal,
    selector::Selector,
    store::Effect,
};

/// What a request asks for.
pub(crate) struct Call {
    pub(crate) attributes: Attributes,
    pub(crate) options: Options,
}

impl Call {
    pub(super) fn read(method: &Method, uri: &Uri) -> Self {
        let options =
            Query::<Options>::try_from_uri(uri).map(|Query(options)| options).unwrap_or_default();
        let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        let segments: Vec<String> =
            uri.path().split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let target = match segments.as_slice() {
            ["api", version, rest @ ..] if !rest.is_empty() => Some(resource("", version, rest)),
            ["apis", group, version, rest @ ..] if !rest.is_empty() => {
                Some(resource(group, version, rest))
            }
            _ => None,
        };
        let Some(mut target) = target else {
            let verb = method.as_str().to_lowercase();
            let target = Target::Path(uri.path().to_owned());
            return Self { attributes: Attributes { verb, target }, options };
        };
        let verb = verb(method, &target, &options);
        if matches!(verb, "list" | "watch" | "deletecollection") {
            target.name = selected_name(&target, &options).unwrap_or_default();
        }
        Self {
            attributes: Attributes { verb: verb.to_owned(), target: Target::Resource(target) },
            options,
        }
    }
}

impl Call {
    /// What a request means to do, wherever it says so: faults ask before anybody reads it properly.
    pub(super) fn intended_effect(&self, body: &[u8]) -> Effect {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let rehearsed = self.effect() == Ok(Effect::DryRun)
            || body["dryRun"][0] == "All"
            || body["deleteOptions"]["dryRun"][0] == "All";
        if rehearsed { Effect::DryRun } else { Effect::Commit }
    }

    /// Whether this write is only rehearsed.
    pub(super) fn effect(&self) -> Result<Effect, Refusal> {
        self.options.effect(match self.attributes.verb.as_str() {
            "patch" => "PatchOptions",
            "update" => "UpdateOptions",
            _ => "CreateOptions",
        })
    }
}

fn resource(group: &str, version: &str, segments: &[&str]) -> Resource {
    let (namespace, rest) = match segments {
        ["namespaces", namespace] | ["namespaces", namespace, "status" | "finalize", ..] => {
            (*namespace, segments)
        }
        ["namespaces", namespace, rest @ ..] => (*namespace, rest),
        rest => ("", rest),
    };
    let part = |index: usize| rest.get(index).map(ToString::to_string).unwrap_or_default();
    Resource {
        group: group.to_owned(),
        version: version.to_owned(),
        namespace: namespace.to_owned(),
        plural: part(0),
        name: part(1),
        subresource: part(2),
    }
}

fn verb(method: &Method, target: &Resource, options: &Options) -> &'static str {
    match (method.as_str(), target.name.is_empty()) {
        ("GET" | "HEAD", true) if options.is_watch() => "watch",
        ("GET" | "HEAD", true) => "list",
        ("GET" | "HEAD", false) => "get",
        ("POST", _) => "create",
        ("PUT", _) => "update",
        ("PATCH", _) => "patch",
        ("DELETE", true) => "deletecollection",
        ("DELETE", false) => "delete",
        _ => "",
    }
}

fn selected_name(target: &Resource, options: &Options) -> Option<String> {
    let kind = kinds::served(&target.group, &target.version, &target.plural)?;
    Selector::fields(kind, &options.field_selector).ok()?.name().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(method: &Method, uri: &'static str) -> (String, Resource) {
        match Call::read(method, &Uri::from_static(uri)).attributes {
            Attributes { verb, target: Target::Resource(resource) } => (verb, resource),
            Attributes { target: Target::Path(path), .. } => panic!("{path} is no resource"),
        }
    }

    #[test]
    fn a_namespace_is_both_a_scope_and_an_object() {
        let (verb, namespace) = read(&Method::GET, "/api/v1/namespaces/ledger");
        assert_eq!((verb.as_str(), namespace.plural.as_str()), ("get", "namespaces"));
        assert_eq!((namespace.namespace.as_str(), namespace.name.as_str()), ("ledger", "ledger"));
        let (_, eviction) = read(&Method::POST, "/api/v1/namespaces/ledger/pods/api-0/eviction");
        assert_eq!(eviction.full_name(), "pods/eviction");
        assert_eq!((eviction.namespace.as_str(), eviction.name.as_str()), ("ledger", "api-0"));
    }

    #[test]
    fn names_are_decoded_and_field_selectors_name_the_object() {
        let (_, role) = read(
            &Method::GET,
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/sekisho%3Aact%3Ascale",
        );
        assert_eq!(role.name, "sekisho:act:scale");
        let (verb, pods) =
            read(&Method::GET, "/api/v1/pods?watch=1&fieldSelector=metadata.name%3Dapi-0");
        assert_eq!((verb.as_str(), pods.name.as_str()), ("watch", "api-0"));
    }
}
