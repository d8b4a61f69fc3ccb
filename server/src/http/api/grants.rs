//! Roles for a time: which there are, ask, look, sign, give back, end.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderName, StatusCode, header::CACHE_CONTROL},
};
use domain::{
    grants::{
        AskedRole, GrantSignatureOptions, GrantView, Kubeconfig, ReadyGrant, RoleOffer, RoleReview,
        Weighed,
    },
    ids::GrantId,
    names::{ClusterName, GrantableRoleName, Namespace},
    page::{Page, PageRequest},
    tenants::TenantName,
};
use serde::{Deserialize, Serialize};

use super::{
    deciding::{Deciding, Taken},
    input::{Asked, Named},
};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/grantable-roles", "The roles there are in a tenant", roles)
            .query(&["cluster", "namespace"])
            .gives(200, "GrantableRoles"),
        Endpoint::get(
            "/api/v1/grantable-roles/{name}",
            "What a role would add to what one may do in a tenant",
            review,
        )
        .query(&["cluster", "namespace"])
        .gives(200, "RoleReview"),
        Endpoint::get("/api/v1/grants", "What one holds, asked for and held, newest first", own)
            .query(&["cursor", "limit"])
            .gives(200, "Grants"),
        Endpoint::post("/api/v1/grants", "Ask for a role for oneself", ask)
            .access(Access::SignedInLimited)
            .takes("NewGrant")
            .gives(201, "Grant"),
        Endpoint::get("/api/v1/grants/{id}", "One grant", one).gives(200, "Grant"),
        Endpoint::post(
            "/api/v1/grants/{id}/signature-options",
            "The challenge of a decision about a grant",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("Deciding")
        .gives(200, "GrantSignatureOptions"),
        Endpoint::post(
            "/api/v1/grants/{id}/decisions",
            "Approve or deny; with the last approval the role is given",
            decide,
        )
        .access(Access::SignedInLimited)
        .takes("Decision")
        .gives(200, "Grant"),
        Endpoint::post(
            "/api/v1/grants/{id}/return",
            "Give one's role back, or take back that it was asked for",
            give_back,
        )
        .gives(200, "Grant"),
        Endpoint::post(
            "/api/v1/grants/{id}/kubeconfig",
            "A token for the role that one holds, for as long as one holds it; shown once",
            kubeconfig,
        )
        .access(Access::SignedInLimited)
        .gives(200, "Kubeconfig"),
        Endpoint::post(
            "/api/v1/grants/{id}/extension",
            "Ask for more time for a role that one holds: a grant that takes its place",
            extend,
        )
        .access(Access::SignedInLimited)
        .takes("Extension")
        .gives(201, "Grant"),
        Endpoint::get(
            "/api/v1/grants/{id}/weighing",
            "What is to be weighed about a grant that waits: what it adds, who holds it, the last time",
            weigh,
        )
        .gives(200, "Weighed"),
        Endpoint::post("/api/v1/grants/{id}/revocation", "End what somebody holds", revoke)
            .takes("Revocation")
            .gives(200, "Grant"),
    ]
}

#[derive(Deserialize)]
pub(super) struct Where {
    cluster: ClusterName,
    namespace: Namespace,
}

impl From<Where> for TenantName {
    fn from(Where { cluster, namespace }: Where) -> Self {
        Self { cluster, namespace }
    }
}

/// All of them: there are never many.
#[derive(Serialize)]
struct Roles {
    items: Vec<RoleOffer>,
}

async fn roles(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(tenant): Asked<Where>,
) -> Result<Answer<Roles>, ProblemResponse> {
    let items = state.console.grantable_roles(&actor, &tenant.into()).await?;
    Ok(Answer(Roles { items }))
}

async fn review(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(name): Named<GrantableRoleName>,
    Asked(tenant): Asked<Where>,
) -> Result<Answer<RoleReview>, ProblemResponse> {
    Ok(Answer(state.console.review_role(&actor, &tenant.into(), &name).await?))
}

async fn own(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<PageRequest>,
) -> Result<Answer<Page<GrantView>>, ProblemResponse> {
    Ok(Answer(state.console.own_grants(&actor, &page).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGrant {
    cluster: ClusterName,
    namespace: Namespace,
    role: GrantableRoleName,
    ttl_seconds: i64,
    reason: String,
    ticket: Option<String>,
}

async fn ask(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Json(new): Json<NewGrant>,
) -> Result<(StatusCode, Answer<GrantView>), ProblemResponse> {
    let NewGrant { cluster, namespace, role, ttl_seconds, reason, ticket } = new;
    let tenant = TenantName { cluster, namespace };
    let asked = AskedRole { tenant, role, ttl_seconds, reason, ticket };
    let grant = state.console.ask_for_role(&actor, asked).await?;
    Ok((StatusCode::CREATED, Answer(grant)))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<GrantView>, ProblemResponse> {
    Ok(Answer(state.console.grant(&actor, id).await?))
}

async fn weigh(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<Weighed>, ProblemResponse> {
    Ok(Answer(state.console.weigh_grant(&actor, id).await?))
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(Deciding { decision, comment }): Json<Deciding>,
) -> Result<Answer<GrantSignatureOptions>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let comment = comment.as_deref();
    let console = &state.console;
    Ok(Answer(console.grant_signature_options(&actor, &browser, id, decision, comment).await?))
}

/// Answers once the word is committed; making the role in the cluster outlives the call.
async fn decide(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<GrantId>,
    Json(taken): Json<Taken>,
) -> Result<Answer<GrantView>, ProblemResponse> {
    let browser = ceremony.held()?;
    let (grant, ready) = state.console.decide_grant(&actor, &browser, id, taken.into()).await?;
    if let Some(ready) = ready {
        give(&state, id, ready);
    }
    Ok(Answer(grant))
}

/// Makes in the cluster what was agreed to.
pub(super) fn give(state: &AppState, id: GrantId, ready: ReadyGrant) {
    let console = state.console.clone();
    state.deeds.begin(async move {
        if let Err(problem) = console.give(ready).await {
            tracing::error!(grant = %id, %problem, "what the cluster said was not written down; it will be looked at again");
        }
    });
}

async fn kubeconfig(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<([(HeaderName, &'static str); 1], Answer<Kubeconfig>), ProblemResponse> {
    let made = state.console.kubeconfig(&actor, id).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Answer(made)))
}

async fn give_back(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
) -> Result<Answer<GrantView>, ProblemResponse> {
    let grant = state.console.return_grant(&actor, id).await?;
    end(&state, id);
    Ok(Answer(grant))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extension {
    ttl_seconds: i64,
    reason: String,
}

async fn extend(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
    Json(Extension { ttl_seconds, reason }): Json<Extension>,
) -> Result<(StatusCode, Answer<GrantView>), ProblemResponse> {
    let extension = state.console.extend_grant(&actor, id, ttl_seconds, reason).await?;
    Ok((StatusCode::CREATED, Answer(extension)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revocation {
    comment: Option<String>,
}

async fn revoke(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<GrantId>,
    Json(Revocation { comment }): Json<Revocation>,
) -> Result<Answer<GrantView>, ProblemResponse> {
    let grant = state.console.revoke_grant(&actor, id, comment.as_deref()).await?;
    end(&state, id);
    Ok(Answer(grant))
}

/// Takes away at once what is to end; the job does where this cannot.
pub(super) fn end(state: &AppState, id: GrantId) {
    let console = state.console.clone();
    state.deeds.begin(async move {
        if let Err(problem) = console.end_now(id).await {
            tracing::warn!(grant = %id, %problem, "it is to end and stands still; it will be tried again");
        }
    });
}
