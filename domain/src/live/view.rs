//! What can be looked at live.

use std::{fmt, str::FromStr};

use crate::{ids::RequestId, resources::Change, tenants::TenantName};

/// What a person looks at: `home`, `tenant:<cluster>/<namespace>` or `request:<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// Their tenants, and the requests that wait for them.
    Home,
    /// One tenant.
    Tenant(TenantName),
    /// One request.
    Request(RequestId),
}

impl View {
    /// Whether a cluster's note of change may concern it. A request follows the store instead.
    #[must_use]
    pub fn concerns(&self, change: &Change) -> bool {
        match (self, change) {
            (Self::Request(_), _) => false,
            (Self::Tenant(tenant), Change::Namespace(namespace)) => tenant.namespace == *namespace,
            (Self::Home | Self::Tenant(_), _) => true,
        }
    }
}

/// There is no such view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("home, tenant:<cluster>/<namespace> or request:<id>")]
pub struct UnknownView;

impl FromStr for View {
    type Err = UnknownView;

    fn from_str(text: &str) -> Result<Self, UnknownView> {
        match text.split_once(':') {
            None if text == "home" => Ok(Self::Home),
            Some(("tenant", name)) => name.parse().map(Self::Tenant).map_err(|_| UnknownView),
            Some(("request", id)) => id.parse().map(Self::Request).map_err(|_| UnknownView),
            _ => Err(UnknownView),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("home"),
            Self::Tenant(name) => write!(f, "tenant:{name}"),
            Self::Request(id) => write!(f, "request:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_back_from_its_text() {
        for text in ["home", "tenant:demo/checkout", "request:00000000-0001-7000-8000-000000000000"]
        {
            assert_eq!(text.parse::<View>().map(|view| view.to_string()), Ok(text.to_owned()));
        }
        for bad in ["", "tenant:demo", "request:1", "people", "tenant:../x"] {
            assert_eq!(bad.parse::<View>(), Err(UnknownView), "{bad}");
        }
    }

    #[test]
    fn a_tenant_hears_of_its_own_namespace_only() {
        let view: View = "tenant:demo/checkout".parse().unwrap();
        assert!(view.concerns(&Change::Namespace("checkout".parse().unwrap())));
        assert!(!view.concerns(&Change::Namespace("ledger".parse().unwrap())));
        assert!(view.concerns(&Change::Everything));
    }
}
