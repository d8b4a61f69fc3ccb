//! Probes: whether the process lives, and whether it can serve.

use axum::{
    Json as Answer,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::condition::{ClusterCounts, Condition};
use serde::Serialize;

use super::{Access, AppState, Endpoint};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/healthz", "Whether the process lives", live).access(Access::Public),
        Endpoint::get("/readyz", "Whether it can serve", ready)
            .access(Access::Public)
            .gives(200, "Readiness"),
    ]
}

async fn live() -> &'static str {
    "ok"
}

/// How the console stands. Anybody may ask, so it names neither clusters nor files.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    database: &'static str,
    policy: &'static str,
    clusters: ClusterCounts,
}

/// Ready while the database answers: without it nothing may be done. A cluster that is away, or a policy
/// folder that is not valid, shows on the pages and keeps nobody out.
async fn ready(State(state): State<AppState>) -> Response {
    let Condition { database, policy, clusters } = state.console.condition().await;
    let ready = database.is_ok();
    let readiness = Readiness {
        ready,
        database: if ready { "ok" } else { "unavailable" },
        policy: if policy.trouble.is_none() { "ok" } else { "stale" },
        clusters,
    };
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Answer(readiness)).into_response()
}
