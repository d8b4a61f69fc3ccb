//! Recoveries of people who lost every passkey: ask, sign, hand on the link, stop, judge.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderName, StatusCode, header::CACHE_CONTROL},
};
use domain::{
    identity::BegunStepUp,
    ids::RecoveryId,
    names::Login,
    page::{Page, PageRequest},
    recovery::{AskedRecovery, RecoveryStateName, RecoveryView},
};
use serde::Deserialize;

use super::{
    deciding::{Deciding, Found, Judging, Taken},
    input::{Asked, Named},
    people::Invited,
};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/recoveries", "The recoveries that one may see, newest first", list)
            .query(&["state", "cursor", "limit"])
            .gives(200, "Recoveries"),
        Endpoint::post("/api/v1/recoveries", "Ask that somebody is recovered", ask)
            .access(Access::SignedInLimited)
            .takes("NewRecovery")
            .gives(201, "Recovery"),
        Endpoint::get("/api/v1/recoveries/{id}", "One recovery", one).gives(200, "Recovery"),
        Endpoint::post(
            "/api/v1/recoveries/{id}/signature-options",
            "The challenge of a decision about a recovery",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("Deciding")
        .gives(200, "GrantSignatureOptions"),
        Endpoint::post(
            "/api/v1/recoveries/{id}/decisions",
            "Sign a recovery, or refuse it",
            decide,
        )
        .access(Access::SignedInLimited)
        .takes("Decision")
        .gives(200, "Recovery"),
        Endpoint::post(
            "/api/v1/recoveries/{id}/link",
            "Make the link of a recovery that both signed; shown once",
            link,
        )
        .access(Access::SignedInLimited)
        .gives(201, "Invitation"),
        Endpoint::post("/api/v1/recoveries/{id}/stop", "Stop a recovery", stop)
            .gives(200, "Recovery"),
        Endpoint::post(
            "/api/v1/recoveries/{id}/review/signature-options",
            "The challenge of a verdict on a recovery",
            verdict_options,
        )
        .access(Access::SignedInLimited)
        .takes("Judging")
        .gives(200, "GrantSignatureOptions"),
        Endpoint::post("/api/v1/recoveries/{id}/review/verdict", "Judge a recovery", judge)
            .access(Access::SignedInLimited)
            .takes("Verdict")
            .gives(200, "Recovery"),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    state: Option<RecoveryStateName>,
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<RecoveryView>>, ProblemResponse> {
    let Wanted { state: stands, cursor, limit } = wanted;
    let page = PageRequest { cursor, limit };
    let states = stands.into_iter().collect();
    Ok(Answer(state.console.recoveries(&actor, states, &page).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRecovery {
    login: Login,
    reason: String,
}

async fn ask(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Json(NewRecovery { login, reason }): Json<NewRecovery>,
) -> Result<(StatusCode, Answer<RecoveryView>), ProblemResponse> {
    let asked = AskedRecovery { login, reason };
    let recovery = state.console.ask_for_recovery(&actor, asked).await?;
    Ok((StatusCode::CREATED, Answer(recovery)))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RecoveryId>,
) -> Result<Answer<RecoveryView>, ProblemResponse> {
    Ok(Answer(state.console.recovery(&actor, id).await?))
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RecoveryId>,
    Json(Deciding { decision, comment }): Json<Deciding>,
) -> Result<Answer<BegunStepUp>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let (console, comment) = (&state.console, comment.as_deref());
    Ok(Answer(console.recovery_signature_options(&actor, &browser, id, decision, comment).await?))
}

async fn decide(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RecoveryId>,
    Json(taken): Json<Taken>,
) -> Result<Answer<RecoveryView>, ProblemResponse> {
    let browser = ceremony.held()?;
    Ok(Answer(state.console.decide_recovery(&actor, &browser, id, taken.into()).await?))
}

async fn link(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RecoveryId>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Answer<Invited>), ProblemResponse> {
    let made = state.console.make_recovery_link(&actor, id).await?;
    let made = Invited::of(made, &state.origin);
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Answer(made)))
}

async fn stop(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RecoveryId>,
) -> Result<Answer<RecoveryView>, ProblemResponse> {
    Ok(Answer(state.console.stop_recovery(&actor, id).await?))
}

async fn verdict_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RecoveryId>,
    Json(Judging { verdict, comment }): Json<Judging>,
) -> Result<Answer<BegunStepUp>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let (console, comment) = (&state.console, comment.as_deref());
    Ok(Answer(console.recovery_verdict_options(&actor, &browser, id, verdict, comment).await?))
}

async fn judge(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RecoveryId>,
    Json(found): Json<Found>,
) -> Result<Answer<RecoveryView>, ProblemResponse> {
    let browser = ceremony.held()?;
    Ok(Answer(state.console.judge_recovery(&actor, &browser, id, found.into()).await?))
}
