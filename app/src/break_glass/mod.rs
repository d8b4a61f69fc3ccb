//! Break-glass: the sessions that are live, declaring an emergency, and the page of a session.

mod account;
mod alone;
mod declare;
mod facts;
mod form;
mod next;
mod page;
mod read;
mod session;
mod standing;
mod urgent;

use domain::{ids::GrantId, tenants::TenantName};

pub(crate) use account::told as account;
pub(crate) use declare::DeclarePage;
pub(crate) use facts::facts;
pub(crate) use page::BreakGlassPage;
pub(crate) use read::read_live;
pub(crate) use session::SessionPage;
pub(crate) use urgent::cannot_wait;

/// Where live sessions are.
pub(crate) const PATH: &str = "/break-glass";

/// The page of a session.
pub(crate) fn session_href(id: GrantId) -> String {
    format!("{PATH}/{id}")
}

/// Where an emergency is declared in a tenant.
pub(crate) fn declare_href(tenant: &TenantName) -> String {
    format!("{PATH}/{}/{}", tenant.cluster, tenant.namespace)
}

/// Where the API closes a session.
pub(crate) fn closing_path(id: GrantId) -> String {
    format!("/api/v1/break-glass/{id}/closing")
}
