//! The addresses of tenants, of what is in them, and of what may be done to it.

use domain::{
    actions::{TargetKind, TargetRef},
    names::ObjectName,
    tenants::TenantName,
};
use leptos_router::params::ParamsMap;

/// Pods are so many that their addresses go by the plural, as lists of them do.
const PODS: &str = "pods";

/// The page of a tenant.
pub(crate) fn tenant_href(tenant: &TenantName) -> String {
    format!("/tenants/{}/{}", tenant.cluster, tenant.namespace)
}

/// The page of a pod.
pub(crate) fn pod_href(tenant: &TenantName, pod: &ObjectName) -> String {
    object_href(tenant, TargetKind::Pod, pod)
}

/// The page of an object that actions are done to.
pub(crate) fn object_href(tenant: &TenantName, kind: TargetKind, name: &ObjectName) -> String {
    let kind = match kind {
        TargetKind::Pod => PODS,
        kind => kind.singular(),
    };
    format!("{}/{kind}/{name}", tenant_href(tenant))
}

/// The page of a target.
pub(crate) fn target_href(target: &TargetRef) -> String {
    object_href(&target.tenant(), target.kind, &target.name)
}

/// The wizard that asks for an action on a target.
pub(crate) fn action_href(target: &TargetRef, action: &str) -> String {
    format!("{}/{action}", target_href(target))
}

/// The tenant that an address names; none when it could be no tenant's name.
pub(crate) fn tenant_of(params: &ParamsMap) -> Option<TenantName> {
    tenant(params.get_str("cluster")?, params.get_str("namespace")?)
}

/// The target that an address names; none when it could be nothing's name. Each has one address.
pub(crate) fn target_of(params: &ParamsMap) -> Option<TargetRef> {
    target(tenant_of(params)?, params.get_str("kind")?, params.get_str("name")?)
}

fn tenant(cluster: &str, namespace: &str) -> Option<TenantName> {
    Some(TenantName { cluster: cluster.parse().ok()?, namespace: namespace.parse().ok()? })
}

fn target(tenant: TenantName, kind: &str, name: &str) -> Option<TargetRef> {
    let TenantName { cluster, namespace } = tenant;
    let singular = |known: &TargetKind| *known != TargetKind::Pod && known.singular() == kind;
    let kind = match kind {
        PODS => TargetKind::Pod,
        _ => TargetKind::ALL.into_iter().find(singular)?,
    };
    Some(TargetRef { cluster, namespace, kind, name: name.parse().ok()? })
}

/// The tenant and the target that a path leads to or stands below, as far as it names them.
#[cfg(feature = "ssr")]
pub(crate) fn place_of(path: &str) -> (Option<TenantName>, Option<TargetRef>) {
    let mut steps = path.trim_start_matches('/').split('/');
    let mut step = || steps.next().unwrap_or_default();
    if step() != "tenants" {
        return (None, None);
    }
    let Some(tenant) = tenant(step(), step()) else { return (None, None) };
    let target = target(tenant.clone(), step(), step());
    (Some(tenant), target)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn each_target_has_one_address_and_is_found_by_it() {
        let tenant: TenantName = "tokyo/checkout".parse().unwrap();
        for kind in TargetKind::ALL {
            let href = object_href(&tenant, kind, &"api".parse().unwrap());
            let (_, target) = place_of(&href);
            assert_eq!(target.map(|target| target_href(&target)), Some(href));
        }
        for odd in ["pod", "Deployment", "replicaset", "Pods", ""] {
            let path = format!("/tenants/tokyo/checkout/{odd}/api");
            assert_eq!(place_of(&path), (Some(tenant.clone()), None), "{odd}");
        }
        assert_eq!(place_of("/requests"), (None, None));
        assert_eq!(place_of("/tenants/TOKYO/checkout"), (None, None));
    }
}
