//! Tenants: one namespace of one cluster, owned by a team.

mod detail;
mod health;
mod list;
mod name;
mod summary;
mod visible;

pub use detail::TenantDetail;
pub use health::{Health, PodCounts};
pub use list::TenantList;
pub use name::{InvalidTenantName, TenantName};
pub use summary::TenantSummary;
pub(crate) use visible::VisibleTenant;
