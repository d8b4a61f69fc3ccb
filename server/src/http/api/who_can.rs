//! Who can do what in a tenant.

use axum::{Json as Answer, extract::State};
use domain::who_can::{AccessView, WrittenAccess};

use super::input::{Asked, InTenant};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "/api/v1/tenants/{cluster}/{namespace}/access",
            "Who can do what there, by which path and until when, as the cluster's RBAC has it",
            who_can,
        )
        .query(&["verb", "resource", "name", "subject"])
        .gives(200, "TenantAccess"),
    ]
}

async fn who_can(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    InTenant(tenant): InTenant,
    Asked(asked): Asked<WrittenAccess>,
) -> Result<Answer<AccessView>, ProblemResponse> {
    Ok(Answer(state.console.who_can(&actor, &tenant, &asked).await?))
}
