//! A resource as somebody writes it: `pods/exec`, `deployments.apps/scale`.

use std::{fmt, str::FromStr};

/// Kinds that every cluster has, and the groups they are in: people write them without.
const BUILT_IN: [(&str, &[&str]); 9] = [
    (
        "",
        &[
            "bindings",
            "configmaps",
            "endpoints",
            "events",
            "limitranges",
            "namespaces",
            "nodes",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "serviceaccounts",
            "services",
        ],
    ),
    ("apps", &["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("batch", &["cronjobs", "jobs"]),
    ("coordination.k8s.io", &["leases"]),
    ("discovery.k8s.io", &["endpointslices"]),
    ("networking.k8s.io", &["ingresses", "networkpolicies"]),
    ("policy", &["poddisruptionbudgets"]),
    (
        "rbac.authorization.k8s.io",
        &["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
    ),
];

/// A resource of an API group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The group; the core's is empty.
    pub api_group: String,
    /// The plural, a subresource behind a slash.
    pub name: String,
}

/// Not written as a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidResource {
    /// It has another form.
    #[error(
        "a plural, its group behind a dot, its subresource behind a slash: pods/exec, deployments.apps/scale"
    )]
    Form,
    /// Which group it is of is not known.
    #[error(
        "a kind that is not Kubernetes' own is written with its group: certificates.cert-manager.io"
    )]
    Group,
}

impl FromStr for Resource {
    type Err = InvalidResource;

    fn from_str(text: &str) -> Result<Self, InvalidResource> {
        let (kind, subresource) = match text.split_once('/') {
            Some((kind, subresource)) => (kind, Some(subresource)),
            None => (text, None),
        };
        let (plural, group) = match kind.split_once('.') {
            Some((plural, group)) => (plural, Some(group)),
            None => (kind, None),
        };
        let is_word = |text: &str| {
            (1..=253).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        let is_group = |group: &str| group.split('.').all(is_word);
        if !is_word(plural) || !subresource.is_none_or(is_word) || !group.is_none_or(is_group) {
            return Err(InvalidResource::Form);
        }
        let api_group = group.or_else(|| built_in(plural)).ok_or(InvalidResource::Group)?;
        let name = subresource.map_or_else(|| plural.to_owned(), |sub| format!("{plural}/{sub}"));
        Ok(Self { api_group: api_group.to_owned(), name })
    }
}

fn built_in(plural: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(_, plurals)| plurals.contains(&plural)).map(|(group, _)| *group)
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (plural, subresource) = self.name.split_once('/').unwrap_or((&self.name, ""));
        f.write_str(plural)?;
        if !self.api_group.is_empty() {
            write!(f, ".{}", self.api_group)?;
        }
        if subresource.is_empty() { Ok(()) } else { write!(f, "/{subresource}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_and_subresource_are_read() {
        for (text, group, name, full) in [
            ("pods", "", "pods", "pods"),
            ("pods/exec", "", "pods/exec", "pods/exec"),
            ("deployments", "apps", "deployments", "deployments.apps"),
            ("deployments/scale", "apps", "deployments/scale", "deployments.apps/scale"),
            ("pods.metrics.k8s.io", "metrics.k8s.io", "pods", "pods.metrics.k8s.io"),
        ] {
            let resource: Resource = text.parse().unwrap();
            assert_eq!((resource.api_group.as_str(), resource.name.as_str()), (group, name));
            assert_eq!(resource.to_string(), full);
        }
    }

    #[test]
    fn what_is_no_resource_is_refused() {
        for text in ["", "Pods", "pods/", "pods/exec/now", "pods.", "*", "pods exec"] {
            assert_eq!(text.parse::<Resource>(), Err(InvalidResource::Form), "{text}");
        }
        assert_eq!("certificates".parse::<Resource>(), Err(InvalidResource::Group));
    }
}
