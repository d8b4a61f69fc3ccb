//! People, for those who manage them.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{
    identity::{Invitation, PersonRow},
    names::Login,
    page::Page,
    time::Timestamp,
};
use serde::Serialize;

use super::input::Named;
use crate::{
    http::{AppState, Endpoint, ProblemResponse, SignedIn},
    identity::Origin,
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/people", "Everyone, by login", list).gives(200, "People"),
        Endpoint::post(
            "/api/v1/people/{login}/invitation",
            "Make a one-time enrolment link",
            invite,
        )
        .gives(201, "Invitation"),
        Endpoint::post("/api/v1/people/{login}/lock", "Lock a person out, at once", lock)
            .gives_nothing(),
        Endpoint::post("/api/v1/people/{login}/unlock", "Let a person in again", unlock)
            .gives_nothing(),
    ]
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Page<PersonRow>>, ProblemResponse> {
    let items = state.console.people(&actor).await?;
    Ok(Answer(Page { items, next: None }))
}

/// A link, shown this once.
#[derive(Serialize)]
pub(super) struct Invited {
    login: Login,
    link: String,
    expires_at: Timestamp,
}

impl Invited {
    pub(super) fn of(invitation: Invitation, origin: &Origin) -> Self {
        Self {
            link: origin.enrolment_link(&invitation.secret),
            login: invitation.login,
            expires_at: invitation.expires_at,
        }
    }
}

async fn invite(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(login): Named<Login>,
) -> Result<(StatusCode, Answer<Invited>), ProblemResponse> {
    let invitation = state.console.invite(&actor, &login).await?;
    Ok((StatusCode::CREATED, Answer(Invited::of(invitation, &state.origin))))
}

async fn lock(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(login): Named<Login>,
) -> Result<StatusCode, ProblemResponse> {
    state.console.lock(&actor, &login).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn unlock(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(login): Named<Login>,
) -> Result<StatusCode, ProblemResponse> {
    state.console.unlock(&actor, &login).await?;
    Ok(StatusCode::NO_CONTENT)
}
