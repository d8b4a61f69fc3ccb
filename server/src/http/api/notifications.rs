//! Notifications that are stuck, for those who can mend it.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{
    Problem,
    notifications::{DeliveryId, StuckDelivery},
    page::{Page, PageRequest},
};
use serde::Deserialize;

use super::input::{Asked, Named};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

const QUERY: &[&str] = &["state", "cursor", "limit"];

pub(super) fn endpoints() -> Vec<Endpoint> {
    let summary = "Notifications that are stuck, newest first: for whoever manages people or reads everybody's history";
    vec![
        Endpoint::get("/api/v1/notifications", summary, list)
            .query(QUERY)
            .gives(200, "Notifications"),
        Endpoint::post(
            "/api/v1/notifications/{id}/retry",
            "Have a stuck notification attempted now, and for as long as a new one",
            retry,
        )
        .gives_nothing(),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    state: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// What was delivered is not kept, and what is on its way is nobody's business yet.
fn check_state(state: Option<&str>) -> Result<(), Problem> {
    match state {
        None | Some("" | "stuck") => Ok(()),
        Some(_) => Err(Problem::malformed("state", "stuck")),
    }
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<StuckDelivery>>, ProblemResponse> {
    check_state(wanted.state.as_deref())?;
    let page = PageRequest { cursor: wanted.cursor, limit: wanted.limit };
    Ok(Answer(state.console.stuck_notifications(&actor, &page).await?))
}

async fn retry(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<DeliveryId>,
) -> Result<StatusCode, ProblemResponse> {
    state.console.retry_notification(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
