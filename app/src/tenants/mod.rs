//! Tenants: the list of those a person may see, and the page of one.

mod address;
mod health;
mod list;
mod nodes;
mod page;
mod pod_query;
mod pod_table;
mod read;
mod workloads;

#[cfg(feature = "ssr")]
pub(crate) use address::place_of;
pub(crate) use address::{
    action_href, object_href, pod_href, target_href, target_of, tenant_href, tenant_of,
};
pub(crate) use health::{HealthBadge, PodCountsText};
pub(crate) use list::{SilentClusters, TenantTable, TenantsPage};
pub(crate) use nodes::node_state;
pub(crate) use page::TenantPage;
pub(crate) use pod_table::PodRows;
pub(crate) use read::{PodList, TenantsNow, read_tenants};
pub(crate) use workloads::{WorkloadState, Workloads, target_kind};
