//! One's own sessions.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{identity::Session, ids::SessionId, page::Page};

use super::input::Named;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/identity/sessions", "One's own sessions, newest first", list)
            .gives(200, "Sessions"),
        Endpoint::delete(
            "/api/v1/identity/sessions",
            "End all others of one's sessions",
            end_others,
        ),
        Endpoint::delete("/api/v1/identity/sessions/{id}", "End one of one's sessions", end),
    ]
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Page<Session>>, ProblemResponse> {
    let items = state.console.own_sessions(&actor).await?;
    Ok(Answer(Page { items, next: None }))
}

async fn end_others(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<StatusCode, ProblemResponse> {
    state.console.revoke_other_sessions(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<SessionId>,
) -> Result<StatusCode, ProblemResponse> {
    state.console.revoke_session(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
