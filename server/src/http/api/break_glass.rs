//! Break-glass: declare an emergency, open its session alone, close it, tell what was done.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{
    approvals::Decision,
    break_glass::{AskedSession, FiledAccount, LiveSession, SessionOffer, SessionView},
    identity::BegunStepUp,
    ids::GrantId,
    names::{ClusterName, GrantableRoleName, Namespace},
    problem::Problem,
    tenants::TenantName,
};
use serde::{Deserialize, Serialize};

use super::{
    deciding::Touch,
    grants::{end, give},
    input::{Asked, Named},
};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/break-glass", "The sessions that are live where one sees", live)
            .gives(200, "LiveSessions"),
        Endpoint::get("/api/v1/break-glass/offer", "How glass is broken in a tenant", offer)
            .query(&["cluster", "namespace", "after"])
            .gives(200, "SessionOffer"),
        Endpoint::post("/api/v1/break-glass", "Declare an emergency", declare)
            .access(Access::SignedInLimited)
            .takes("NewSession")
            .gives(201, "BreakGlassSession"),
        Endpoint::get("/api/v1/break-glass/{id}", "One session", one)
            .gives(200, "BreakGlassSession"),
        Endpoint::post(
            "/api/v1/break-glass/{id}/signature-options",
            "The challenge of opening one's session alone",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("Opening")
        .gives(200, "GrantSignatureOptions"),
        Endpoint::post("/api/v1/break-glass/{id}/opening", "Open one's session alone", open)
            .access(Access::SignedInLimited)
            .takes("Touch")
            .gives(200, "BreakGlassSession"),
        Endpoint::post("/api/v1/break-glass/{id}/closing", "Close a session", close)
            .gives(200, "BreakGlassSession"),
        Endpoint::post("/api/v1/break-glass/{id}/account", "Tell what one found and did", account)
            .access(Access::SignedInLimited)
            .takes("Account")
            .gives(200, "BreakGlassSession"),
    ]
}

/// All of them: there are never many.
#[derive(Serialize)]
struct Live {
    items: Vec<LiveSession>,
}

async fn live(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Live>, ProblemResponse> {
    Ok(Answer(Live { items: state.console.live_sessions(&actor).await? }))
}

#[derive(Deserialize)]
struct Beginning {
    cluster: ClusterName,
    namespace: Namespace,
    after: Option<GrantId>,
}

async fn offer(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(Beginning { cluster, namespace, after }): Asked<Beginning>,
) -> Result<Answer<SessionOffer>, ProblemResponse> {
    let tenant = TenantName { cluster, namespace };
    Ok(Answer(state.console.session_offer(&actor, &tenant, after).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSession {
    cluster: ClusterName,
    namespace: Namespace,
    role: GrantableRoleName,
    ttl_seconds: i64,
    broken: String,
    intent: String,
    incident: String,
    after: Option<GrantId>,
    #[serde(default)]
    drill: bool,
}

async fn declare(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Json(new): Json<NewSession>,
) -> Result<(StatusCode, Answer<SessionView>), ProblemResponse> {
    let NewSession { cluster, namespace, role, ttl_seconds, broken, intent, incident, .. } = new;
    let tenant = TenantName { cluster, namespace };
    let (after, is_drill) = (new.after, new.drill);
    let asked =
        AskedSession { tenant, role, ttl_seconds, broken, intent, incident, after, is_drill };
    let session = state.console.declare_session(&actor, asked).await?;
    Ok((StatusCode::CREATED, Answer(session)))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<SessionView>, ProblemResponse> {
    Ok(Answer(state.console.session(&actor, id).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    decision: Decision,
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(Opening { decision }): Json<Opening>,
) -> Result<Answer<BegunStepUp>, ProblemResponse> {
    if decision != Decision::Open {
        return Err(Problem::malformed("decision", "open").into());
    }
    let browser = ceremony.begin(&state.console);
    Ok(Answer(state.console.opening_options(&actor, &browser, id).await?))
}

/// Answers once the word is committed; making the role in the cluster outlives the call.
async fn open(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(Touch { credential }): Json<Touch>,
) -> Result<Answer<SessionView>, ProblemResponse> {
    let browser = ceremony.held()?;
    let ready = state.console.open_session(&actor, &browser, id, &credential).await?;
    give(&state, id, ready);
    Ok(Answer(state.console.session(&actor, id).await?))
}

async fn close(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<SessionView>, ProblemResponse> {
    let closed = state.console.close_session(&actor, id).await?;
    for ended in closed.ended {
        end(&state, ended);
    }
    if let Some(failure) = closed.failure {
        return Err(failure.into());
    }
    Ok(Answer(state.console.session(&actor, id).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    found: String,
    done: String,
    follow_ups: Option<String>,
}

async fn account(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
    Json(Account { found, done, follow_ups }): Json<Account>,
) -> Result<Answer<SessionView>, ProblemResponse> {
    let filed = FiledAccount { found, done, follow_ups };
    Ok(Answer(state.console.file_account(&actor, id, filed).await?))
}
