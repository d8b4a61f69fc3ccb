//! The way to break-glass from what waits for an approval.

use domain::tenants::TenantName;
use leptos::prelude::*;
use leptos_router::components::A;

use super::declare_href;
use crate::messages::{break_glass, phrases};

/// Where whoever cannot wait for an approval goes.
pub(crate) fn cannot_wait(tenant: &TenantName) -> AnyView {
    let label = phrases().fill(break_glass::CANNOT_WAIT, &[("tenant", tenant)]);
    view! {
        <p>
            <A href=declare_href(tenant)>{label}</A>
        </p>
    }
    .into_any()
}
