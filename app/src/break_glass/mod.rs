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

use crate::messages::{Message, break_glass};

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

/// Where somebody goes on from a live session of theirs.
fn go_on_href(tenant: &TenantName, session: GrantId) -> String {
    format!("{}?after={session}", declare_href(tenant))
}

/// Where the API closes a session.
pub(crate) fn closing_path(id: GrantId) -> String {
    format!("/api/v1/break-glass/{id}/closing")
}

/// How a session was opened, in a word.
pub(crate) const fn how(is_drill: bool, is_alone: bool) -> Message {
    match (is_drill, is_alone) {
        (true, _) => break_glass::A_DRILL,
        (false, true) => break_glass::ALONE,
        (false, false) => break_glass::APPROVED,
    }
}
