//! Signing in, signing out, and who one is.

use axum::{Extension, Json as Answer, extract::State, http::StatusCode};
use domain::{
    access::Actor,
    identity::{Me, Session as OpenSession},
};
use serde::Deserialize;
use tower_sessions::Session;
use webauthn_rs_proto::{PublicKeyCredential, RequestChallengeResponse};

use super::agent::Agent;
use crate::http::{
    Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn, cookies, metrics,
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::post(
            "/api/v1/identity/session/options",
            "Begin a sign-in without a name",
            options,
        )
        .access(Access::PublicLimited)
        .gives(200, "RequestOptions"),
        Endpoint::post("/api/v1/identity/session", "Sign in", sign_in)
            .access(Access::PublicLimited)
            .takes("Touch")
            .gives(200, "Me"),
        Endpoint::delete("/api/v1/identity/session", "Sign out", sign_out),
        Endpoint::get("/api/v1/me", "Who one is and what one may", me).gives(200, "Me"),
    ]
}

async fn options(
    State(state): State<AppState>,
    ceremony: CeremonyCookie,
) -> Result<Answer<RequestChallengeResponse>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    Ok(Answer(state.console.begin_sign_in(&browser).await?))
}

/// The answer of an authenticator to request options.
#[derive(Deserialize)]
pub(super) struct Touch {
    pub(super) credential: PublicKeyCredential,
}

async fn sign_in(
    State(state): State<AppState>,
    ceremony: CeremonyCookie,
    cookie: Session,
    Extension(before): Extension<Option<Actor>>,
    Agent(agent): Agent,
    Json(Touch { credential }): Json<Touch>,
) -> Result<Answer<Me>, ProblemResponse> {
    let browser = ceremony.held()?;
    let opened = state.console.finish_sign_in(&browser, &credential, &agent).await;
    metrics::count_sign_in(&opened);
    signed_in(&state, &cookie, before, &opened?).await
}

/// Hands the browser its new session, ends the one it held before, and tells the person who they are.
pub(super) async fn signed_in(
    state: &AppState,
    cookie: &Session,
    before: Option<Actor>,
    session: &OpenSession,
) -> Result<Answer<Me>, ProblemResponse> {
    cookies::open_session(cookie, session).await?;
    if let Some(before) = before {
        state.console.sign_out(&before).await?;
    }
    let actor = state.console.authenticate(session.id).await?;
    Ok(Answer(state.console.me(&actor).await?))
}

async fn sign_out(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    cookie: Session,
) -> Result<StatusCode, ProblemResponse> {
    state.console.sign_out(&actor).await?;
    cookies::close_session(&cookie).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn me(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Me>, ProblemResponse> {
    Ok(Answer(state.console.me(&actor).await?))
}
