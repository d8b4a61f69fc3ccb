//! Reviews of break-glass sessions: those there are, the case of one, and the verdict on it.

use axum::{Json as Answer, extract::State};
use domain::{
    break_glass::{CaseView, ReviewStateName, ReviewSummary, ReviewView},
    identity::BegunStepUp,
    ids::GrantId,
    page::{Page, PageRequest},
};
use serde::Deserialize;

use super::{
    deciding::{Found, Judging},
    input::{Asked, Named},
};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/reviews", "The reviews that one may see, newest first", list)
            .query(&["state", "cursor", "limit"])
            .gives(200, "Reviews"),
        Endpoint::get("/api/v1/reviews/summary", "How often glass is broken", summary)
            .gives(200, "ReviewSummaries"),
        Endpoint::get("/api/v1/reviews/{id}", "One review with its case", one).gives(200, "Review"),
        Endpoint::post(
            "/api/v1/reviews/{id}/signature-options",
            "The challenge of a verdict on the case as it is now",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("Judging")
        .gives(200, "GrantSignatureOptions"),
        Endpoint::post("/api/v1/reviews/{id}/verdict", "Judge a session", judge)
            .access(Access::SignedInLimited)
            .takes("Verdict")
            .gives(200, "Review"),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    state: Option<ReviewStateName>,
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<ReviewView>>, ProblemResponse> {
    let Wanted { state: stands, cursor, limit } = wanted;
    let states = vec![stands.unwrap_or(ReviewStateName::Open)];
    let page = PageRequest { cursor, limit };
    Ok(Answer(state.console.reviews(&actor, states, &page).await?))
}

async fn summary(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<ReviewSummary>, ProblemResponse> {
    Ok(Answer(state.console.review_summary(&actor).await?))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<CaseView>, ProblemResponse> {
    Ok(Answer(state.console.review_case(&actor, id).await?))
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(Judging { verdict, comment }): Json<Judging>,
) -> Result<Answer<BegunStepUp>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let comment = comment.as_deref();
    Ok(Answer(state.console.verdict_options(&actor, &browser, id, verdict, comment).await?))
}

async fn judge(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(found): Json<Found>,
) -> Result<Answer<CaseView>, ProblemResponse> {
    let browser = ceremony.held()?;
    Ok(Answer(state.console.judge(&actor, &browser, id, found.into()).await?))
}
