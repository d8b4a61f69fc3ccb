//! Which tenants a destination is told of, by the look of their names.

use std::{fmt, str::FromStr};

use crate::tenants::TenantName;

/// `cluster/namespace`, in which `*` stands for any run of characters but the slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantPattern {
    cluster: String,
    namespace: String,
}

/// The text is no pattern of tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pattern is written cluster/namespace, of a-z, 0-9, '-' and '*'")]
pub struct InvalidPattern;

impl TenantPattern {
    /// Whether a tenant is among those it stands for.
    #[must_use]
    pub fn fits(&self, tenant: &TenantName) -> bool {
        fits(&self.cluster, tenant.cluster.as_str())
            && fits(&self.namespace, tenant.namespace.as_str())
    }

    /// Whether it stands for every tenant that there can be.
    #[must_use]
    pub fn fits_all(&self) -> bool {
        self.cluster == "*" && self.namespace == "*"
    }
}

impl FromStr for TenantPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        let may_name = |half: &str| {
            let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-*".contains(c);
            !half.is_empty() && half.chars().all(known)
        };
        match text.split_once('/') {
            Some((cluster, namespace)) if may_name(cluster) && may_name(namespace) => {
                Ok(Self { cluster: cluster.to_owned(), namespace: namespace.to_owned() })
            }
            _ => Err(InvalidPattern),
        }
    }
}

impl fmt::Display for TenantPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.cluster, self.namespace)
    }
}

/// What stands before the first star begins the name, what stands after the last ends it, and the rest follows in order.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str, tenant: &str) -> bool {
        pattern.parse::<TenantPattern>().unwrap().fits(&tenant.parse().unwrap())
    }

    #[test]
    fn a_star_stands_for_anything_in_its_half() {
        for pattern in
            ["prod/payments-api", "prod/payments-*", "*/*-api", "p*d/*ments*a*", "prod/**"]
        {
            assert!(told(pattern, "prod/payments-api"), "{pattern}");
        }
        for pattern in [
            "prod/payments",
            "prod/payments-",
            "prod/payments-api-*",
            "*/api*",
            "test/*",
            "prod/*api*api",
        ] {
            assert!(!told(pattern, "prod/payments-api"), "{pattern}");
        }
    }

    #[test]
    fn what_could_fit_no_tenant_is_no_pattern() {
        for bad in ["", "*", "prod", "prod/", "/x", "Prod/x", "prod/x/y", "prod/x?", "prod/ö"] {
            assert_eq!(bad.parse::<TenantPattern>(), Err(InvalidPattern), "{bad}");
        }
    }
}
