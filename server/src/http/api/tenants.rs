//! Tenants that one may see.

use std::collections::BTreeSet;

use axum::{Json as Answer, extract::State};
use domain::{
    names::ClusterName,
    page::Page,
    tenants::{TenantDetail, TenantList, TenantSummary},
};
use serde::Serialize;

use super::input::InTenant;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/tenants", "Tenants one may see, the worst health first", list)
            .gives(200, "Tenants"),
        Endpoint::get("/api/v1/tenants/{cluster}/{namespace}", "One tenant", one)
            .gives(200, "Tenant"),
    ]
}

/// All in one page, and which clusters could not say.
#[derive(Serialize)]
struct Tenants {
    #[serde(flatten)]
    page: Page<TenantSummary>,
    silent_clusters: BTreeSet<ClusterName>,
}

async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answer<Tenants> {
    let TenantList { items, silent_clusters } = state.console.tenants(&actor).await;
    Answer(Tenants { page: Page { items, next: None }, silent_clusters })
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    InTenant(tenant): InTenant,
) -> Result<Answer<TenantDetail>, ProblemResponse> {
    Ok(Answer(state.console.tenant(&actor, &tenant).await?))
}
