//! Where in the repository that CODEOWNERS speaks of a tenant's folder lies.

use std::str::FromStr;

use domain::{
    names::{ClusterName, Namespace},
    tenants::TenantName,
};

const CLUSTER: &str = "<cluster>";
const NAMESPACE: &str = "<namespace>";

/// A path with the segments `<cluster>` and `<namespace>`, `/<cluster>/<namespace>/` unless `teams.toml` says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TenantPath(Vec<String>);

impl Default for TenantPath {
    fn default() -> Self {
        Self(vec![CLUSTER.to_owned(), NAMESPACE.to_owned()])
    }
}

/// The text is no path of tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a tenant's path begins and ends with '/', has the segments <cluster> and <namespace> once each, \
     and else only plain ones"
)]
pub(super) struct InvalidTenantPath;

impl FromStr for TenantPath {
    type Err = InvalidTenantPath;

    fn from_str(text: &str) -> Result<Self, InvalidTenantPath> {
        let inner = text
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'))
            .ok_or(InvalidTenantPath)?;
        let segments: Vec<_> = inner.split('/').map(str::to_owned).collect();
        let once = |word| segments.iter().filter(|segment| *segment == word).count() == 1;
        let plain = |segment: &String| {
            segment == CLUSTER || segment == NAMESPACE || is_plain_segment(segment)
        };
        if once(CLUSTER) && once(NAMESPACE) && segments.iter().all(plain) {
            Ok(Self(segments))
        } else {
            Err(InvalidTenantPath)
        }
    }
}

fn is_plain_segment(segment: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !segment.is_empty() && !matches!(segment, "." | "..") && segment.chars().all(plain)
}

impl TenantPath {
    /// The tenant's folder, without slashes at the ends.
    pub(super) fn folder(&self, tenant: &TenantName) -> String {
        let segments: Vec<_> = self
            .0
            .iter()
            .map(|segment| match segment.as_str() {
                CLUSTER => tenant.cluster.as_str(),
                NAMESPACE => tenant.namespace.as_str(),
                plain => plain,
            })
            .collect();
        segments.join("/")
    }

    /// The one tenant whose folder a CODEOWNERS pattern names in full; none for patterns with wildcards.
    pub(super) fn tenant_named_by(&self, pattern: &str) -> Option<TenantName> {
        let inner = pattern.strip_prefix('/')?;
        let inner = inner.strip_suffix("/**").unwrap_or(inner);
        let segments: Vec<_> = inner.strip_suffix('/').unwrap_or(inner).split('/').collect();
        if segments.len() != self.0.len() {
            return None;
        }
        let mut cluster: Option<ClusterName> = None;
        let mut namespace: Option<Namespace> = None;
        for (expected, segment) in self.0.iter().zip(segments) {
            match expected.as_str() {
                CLUSTER => cluster = Some(segment.parse().ok()?),
                NAMESPACE => namespace = Some(segment.parse().ok()?),
                plain if plain == segment => {}
                _ => return None,
            }
        }
        Some(TenantName { cluster: cluster?, namespace: namespace? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_lie_deep() {
        let path: TenantPath = "/k8s/<cluster>/namespaces/<namespace>/".parse().unwrap();
        let tenant = "demo/checkout".parse().unwrap();
        assert_eq!(path.folder(&tenant), "k8s/demo/namespaces/checkout");
        assert_eq!(path.tenant_named_by("/k8s/demo/namespaces/checkout/**"), Some(tenant));
    }

    #[test]
    fn paths_that_cannot_tell_tenants_apart_are_refused() {
        for bad in [
            "",
            "/",
            "/<cluster>/",
            "<cluster>/<namespace>/",
            "/<cluster>/<namespace>",
            "/<cluster>-<namespace>/",
            "/<cluster>/<cluster>/<namespace>/",
            "/*/<cluster>/<namespace>/",
            "/../<cluster>/<namespace>/",
            "//<cluster>/<namespace>/",
        ] {
            assert_eq!(bad.parse::<TenantPath>(), Err(InvalidTenantPath), "{bad}");
        }
    }

    #[test]
    fn only_patterns_for_one_folder_name_a_tenant() {
        let path = TenantPath::default();
        let named = |pattern| path.tenant_named_by(pattern).map(|t| t.to_string());
        assert_eq!(named("/demo/checkout/").as_deref(), Some("demo/checkout"));
        assert_eq!(named("/demo/checkout").as_deref(), Some("demo/checkout"));
        for other in ["/demo/", "/demo/*/", "demo/checkout/", "/demo/checkout/deploy/", "*"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
