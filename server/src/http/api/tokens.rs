//! Tokens that were issued, and their revocation.

use axum::{Json as Answer, extract::State};
use domain::{
    page::{Page, PageRequest},
    tokens::{TokenId, TokenView},
};

use super::{
    grants::end,
    input::{Asked, Named},
};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let summary = "The credentials that were issued, newest first: one's own, or everybody's";
    vec![
        Endpoint::get("/api/v1/tokens", summary, list)
            .query(&["cursor", "limit"])
            .gives(200, "Tokens"),
        Endpoint::post(
            "/api/v1/tokens/{id}/revocation",
            "Revoke a token, by ending the grant that it is of",
            revoke,
        )
        .gives(200, "Token"),
    ]
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<PageRequest>,
) -> Result<Answer<Page<TokenView>>, ProblemResponse> {
    Ok(Answer(state.console.tokens(&actor, &page).await?))
}

async fn revoke(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<TokenId>,
) -> Result<Answer<TokenView>, ProblemResponse> {
    let token = state.console.revoke_token(&actor, id).await?;
    end(&state, id.grant);
    Ok(Answer(token))
}
