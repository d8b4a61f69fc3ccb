//! Names that people and Kubernetes gave to things, checked where they enter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A name that does not have the form its kind demands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name:?} is no {kind}: {rule}")]
pub struct InvalidName {
    /// What it was meant to name.
    pub kind: &'static str,
    /// What was given, cut to a readable length.
    pub name: String,
    /// The form demanded.
    pub rule: &'static str,
}

const DNS_LABEL: &str = "1 to 63 of a-z, 0-9 and '-', with a letter or digit at both ends";
const DNS_SUBDOMAIN: &str =
    "1 to 253 of a-z, 0-9, '-' and '.', with a letter or digit at both ends";
const LOGIN: &str = "1 to 64 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit";
const PATH_SEGMENT: &str = "1 to 253 printable ASCII characters without spaces, '/' and '%', neither '.' nor '..', not beginning with 'system:'";
const CLUSTER_USER: &str =
    "1 to 253 printable ASCII characters without spaces, not beginning with 'system:'";

fn lower_or_digit(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn dns(name: &str, longest: usize, inside: fn(char) -> bool) -> bool {
    (1..=longest).contains(&name.len())
        && name.starts_with(lower_or_digit)
        && name.ends_with(lower_or_digit)
        && name.chars().all(|c| lower_or_digit(c) || inside(c))
}

fn dns_label(name: &str) -> bool {
    dns(name, 63, |c| c == '-')
}

fn dns_subdomain(name: &str) -> bool {
    dns(name, 253, |c| c == '-' || c == '.')
}

fn login(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.starts_with(lower_or_digit)
        && name.chars().all(|c| lower_or_digit(c) || "-_.".contains(c))
}

fn path_segment(name: &str) -> bool {
    cluster_user(name) && !name.contains(['/', '%']) && name != "." && name != ".."
}

fn cluster_user(name: &str) -> bool {
    (1..=253).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_graphic())
        && !name.starts_with("system:")
}

macro_rules! name {
    ($(#[$meta:meta])* $name:ident, $kind:literal, $check:path, $rule:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidName;

            fn try_from(name: String) -> Result<Self, InvalidName> {
                if $check(&name) {
                    Ok(Self(name))
                } else {
                    Err(InvalidName { kind: $kind, name: name.chars().take(80).collect(), rule: $rule })
                }
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(name: &str) -> Result<Self, InvalidName> {
                name.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A registered cluster, as the configuration calls it.
    ClusterName, "cluster name", dns_label, DNS_LABEL
);
name!(
    /// A namespace of a cluster.
    Namespace, "namespace", dns_label, DNS_LABEL
);
name!(
    /// The name of an object in a namespace (RFC 1123 subdomain).
    ObjectName, "object name", dns_subdomain, DNS_SUBDOMAIN
);
name!(
    /// A person, as `people.toml` calls them.
    Login, "login", login, LOGIN
);
name!(
    /// A team, as `teams.toml` and CODEOWNERS call it (without the `@`).
    TeamName, "team name", login, LOGIN
);
name!(
    /// The user as which a person's calls reach one cluster. Never a `system:` name.
    ClusterUser, "cluster user", cluster_user, CLUSTER_USER
);
name!(
    /// A role that may be granted, as `roles.toml` calls it.
    GrantableRoleName, "role name", dns_label, DNS_LABEL
);
name!(
    /// A cluster role, as the cluster calls it.
    ClusterRoleName, "cluster role name", path_segment, PATH_SEGMENT
);
name!(
    /// Somebody or something that is notified, as `notifications.toml` calls it.
    DestinationName, "destination name", dns_label, DNS_LABEL
);
name!(
    /// A secret of a destination, as `notifications.toml` and the file of secrets call it.
    SecretName, "secret name", dns_label, DNS_LABEL
);

/// Every cluster has it, and nobody can replace it.
const PLATFORM: &str = "kube-system";

impl Namespace {
    /// The namespace through which what belongs to no namespace is reached, and whose UID tells one cluster from every
    /// other.
    #[must_use]
    pub fn platform() -> Self {
        Self(PLATFORM.to_owned())
    }

    /// Whether it is that namespace.
    #[must_use]
    pub fn is_platform(&self) -> bool {
        self.0 == PLATFORM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_is_a_namespace_like_others() {
        assert_eq!("kube-system".parse(), Ok(Namespace::platform()));
        assert!(Namespace::platform().is_platform());
        assert!(!"kube-public".parse::<Namespace>().unwrap().is_platform());
    }

    #[test]
    fn kubernetes_names_are_held_to_kubernetes_rules() {
        assert!("checkout".parse::<Namespace>().is_ok());
        for bad in ["", "-a", "a-", "A", "a.b", "a/b", "ä", &"a".repeat(64)] {
            assert!(bad.parse::<Namespace>().is_err(), "{bad}");
        }
        assert!("web.v2-7d9f".parse::<ObjectName>().is_ok());
    }

    #[test]
    fn no_person_is_mapped_to_a_system_user() {
        assert!("engineer@kawase.example".parse::<ClusterUser>().is_ok());
        assert!("system:masters".parse::<ClusterUser>().is_err());
        assert!("two words".parse::<ClusterUser>().is_err());
    }

    #[test]
    fn deserialising_checks_too() {
        assert!(serde_json::from_str::<Login>("\"on-call\"").is_ok());
        assert!(serde_json::from_str::<Login>("\"../admin\"").is_err());
    }
}
