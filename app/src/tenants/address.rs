//! The addresses of tenants and pods.

use domain::{names::ObjectName, tenants::TenantName};
use leptos_router::params::ParamsMap;

/// The page of a tenant.
pub(crate) fn tenant_href(tenant: &TenantName) -> String {
    format!("/tenants/{}/{}", tenant.cluster, tenant.namespace)
}

/// The page of a pod.
pub(crate) fn pod_href(tenant: &TenantName, pod: &ObjectName) -> String {
    format!("{}/pods/{pod}", tenant_href(tenant))
}

/// The tenant that an address names; none when it could be no tenant's name.
pub(crate) fn tenant_of(params: &ParamsMap) -> Option<TenantName> {
    Some(TenantName {
        cluster: params.get_str("cluster")?.parse().ok()?,
        namespace: params.get_str("namespace")?.parse().ok()?,
    })
}
