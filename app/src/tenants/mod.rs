//! Tenants: the list of those a person may see, and the page of one.

mod address;
mod health;
mod list;
mod page;
mod pod_query;
mod pod_table;
mod read;
mod workloads;

pub(crate) use address::{pod_href, tenant_href, tenant_of};
pub(crate) use health::{HealthBadge, PodCountsText};
pub(crate) use list::{SilentClusters, TenantTable, TenantsPage};
pub(crate) use page::TenantPage;
pub(crate) use read::{PodList, TenantsNow, read_tenants};
