//! Requests: ask, look, sign, carry out, take back.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{
    Problem,
    actions::{
        ActionKind, Asked as AskedFor, Parameters, RequestFilter, RequestNow, RequestView,
        StateName, TargetRef,
    },
    approvals::SignatureOptions,
    ids::RequestId,
    page::{Page, PageRequest},
    policy::GuardRail,
};
use serde::Deserialize;

use super::{
    deciding::{Deciding, Taken, Touch},
    input::{Asked, Named},
};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/requests", "Requests one may see, newest first", list)
            .query(&["state", "cursor", "limit"])
            .gives(200, "Requests"),
        Endpoint::post("/api/v1/requests", "Ask for an action", submit)
            .access(Access::SignedInLimited)
            .takes("NewRequest")
            .gives(201, "Request"),
        Endpoint::get("/api/v1/requests/{id}", "One request, and what it would do now", one)
            .gives(200, "RequestNow"),
        Endpoint::post(
            "/api/v1/requests/{id}/withdrawal",
            "Take one's own request back; while it is carried out, have it send no further wave, or be watched no longer",
            withdraw,
        )
        .gives(200, "Request"),
        Endpoint::post(
            "/api/v1/requests/{id}/signature-options",
            "The challenge of a decision, over a preview computed now",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("Deciding")
        .gives(200, "SignatureOptions"),
        Endpoint::post("/api/v1/requests/{id}/decisions", "Approve or deny", decide)
            .access(Access::SignedInLimited)
            .takes("Decision")
            .gives(200, "Request"),
        Endpoint::post(
            "/api/v1/requests/{id}/execution",
            "Carry one's approved request out",
            execute,
        )
        .takes("Touch")
        .gives(202, "Request"),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    state: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<RequestView>>, ProblemResponse> {
    let states = wanted.state.as_deref().map(states).transpose()?.unwrap_or_default();
    let filter = RequestFilter { states, ..RequestFilter::default() };
    let page = PageRequest { cursor: wanted.cursor, limit: wanted.limit };
    Ok(Answer(state.console.requests(&actor, &filter, &page).await?))
}

/// One state or several, with commas between.
fn states(text: &str) -> Result<Vec<StateName>, Problem> {
    let known = |name: &str| StateName::ALL.into_iter().find(|state| state.as_str() == name);
    let rule = StateName::ALL.map(StateName::as_str).join(", ");
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| known(name).ok_or_else(|| Problem::malformed("state", &rule))).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRequest {
    action: ActionKind,
    target: TargetRef,
    #[serde(default)]
    parameters: Parameters,
    #[serde(default)]
    lifts: Vec<GuardRail>,
    reason: String,
    ticket: Option<String>,
}

async fn submit(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Json(new): Json<NewRequest>,
) -> Result<(StatusCode, Answer<RequestView>), ProblemResponse> {
    let NewRequest { action, target, parameters, lifts, reason, ticket } = new;
    let asked = AskedFor { action, target, parameters, lifts, reason, ticket };
    let request = state.console.submit(&actor, asked).await?;
    Ok((StatusCode::CREATED, Answer(request)))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RequestId>,
) -> Result<Answer<RequestNow>, ProblemResponse> {
    Ok(Answer(state.console.request(&actor, id).await?))
}

async fn withdraw(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RequestId>,
) -> Result<Answer<RequestView>, ProblemResponse> {
    Ok(Answer(state.console.withdraw(&actor, id).await?))
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RequestId>,
    Json(Deciding { decision, comment }): Json<Deciding>,
) -> Result<Answer<SignatureOptions>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let comment = comment.as_deref();
    Ok(Answer(state.console.signature_options(&actor, &browser, id, decision, comment).await?))
}

async fn decide(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RequestId>,
    Json(taken): Json<Taken>,
) -> Result<Answer<RequestView>, ProblemResponse> {
    Ok(Answer(state.console.decide(&actor, &ceremony.held()?, id, taken.into()).await?))
}

/// Answers once the intent is committed; the deed outlives the call.
async fn execute(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<RequestId>,
    Json(Touch { credential }): Json<Touch>,
) -> Result<(StatusCode, Answer<RequestView>), ProblemResponse> {
    let browser = ceremony.held()?;
    let (request, ready) = state.console.begin_execution(&actor, &browser, id, &credential).await?;
    let console = state.console.clone();
    state.deeds.begin(async move {
        if let Err(problem) = console.carry_out(ready).await {
            tracing::error!(request = %id, %problem, "what the cluster said was not written down; it will be asked again");
        }
    });
    Ok((StatusCode::ACCEPTED, Answer(request)))
}
