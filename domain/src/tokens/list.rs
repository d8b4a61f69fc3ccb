//! The tokens that were issued: one's own, or everybody's for whoever reads everybody's history.

use serde::{Deserialize, Serialize};

use super::TokenId;
use crate::{
    access::Actor,
    audit::{Entry, EntryAction, EntryFilter, EntryOutcome},
    console::Console,
    grants::{Grant, GrantState},
    names::{GrantableRoleName, Login},
    page::{Page, PageRequest},
    problem::Problem,
    store::StoreError,
    tenants::TenantName,
    time::Timestamp,
};

/// A token that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Which.
    pub id: TokenId,
    /// To whom.
    pub person: Option<Login>,
    /// For which tenant.
    pub tenant: Option<TenantName>,
    /// For which role; absent where what is kept of its grant was spoilt.
    pub role: Option<GrantableRoleName>,
    /// Whether its grant is a break-glass session.
    pub is_session: bool,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// Its SHA-256, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether it is alive.
    pub state: TokenState,
    /// Whether this person may revoke it.
    pub may_revoke: bool,
}

/// Whether a token is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// It gives the role's power.
    Alive,
    /// Its grant is to end, and the cluster may hold something of it still.
    Ending,
    /// It gives nothing any more.
    Over,
}

impl Console {
    /// Tokens, the newest first.
    pub async fn tokens(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<TokenView>, Problem> {
        let issued = EntryFilter {
            action: Some(EntryAction::Token),
            outcome: Some(EntryOutcome::Succeeded),
            ..EntryFilter::default()
        };
        let found = self.history(actor, &issued, page).await?;
        let mut items = Vec::with_capacity(found.items.len());
        for entry in found.items {
            items.extend(self.token_view(actor, entry).await?);
        }
        Ok(Page { items, next: found.next })
    }

    /// What is known of the token that an entry tells of; nothing where it tells of none.
    pub(super) async fn token_view(
        &self,
        actor: &Actor,
        entry: Entry,
    ) -> Result<Option<TokenView>, Problem> {
        let Some(id) = entry.grant else { return Ok(None) };
        let grant = match self.ports.grants.grant(id).await {
            Ok(grant) => grant,
            Err(StoreError::Corrupt(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let told = |name: &str| entry.detail.get(name).and_then(|it| it.as_str());
        let expires_at = told("expires_at").and_then(|text| text.parse().ok());
        let own = entry.actor.as_ref() == Some(actor.login());
        let may_end = |it: &Grant| own || self.policy().may_end(actor.person(), it);
        Ok(Some(TokenView {
            id: TokenId { grant: id, entry: entry.sequence },
            role: grant.as_ref().map(|it| it.body.role.name.clone()),
            is_session: grant.as_ref().is_some_and(|it| it.body.declaration.is_some()),
            issued_at: entry.at,
            expires_at,
            sha256: told("token_sha256").map(str::to_owned),
            state: state(grant.as_ref(), expires_at, self.now()),
            may_revoke: grant.as_ref().is_some_and(|it| it.is_held() && may_end(it)),
            person: entry.actor,
            tenant: entry.tenant,
        }))
    }
}

fn state(grant: Option<&Grant>, expires_at: Option<Timestamp>, now: Timestamp) -> TokenState {
    let in_time = expires_at.is_none_or(|end| now < end);
    match grant.map(|grant| &grant.state) {
        Some(GrantState::Active(_)) if in_time => TokenState::Alive,
        Some(GrantState::Ending(_)) if in_time => TokenState::Ending,
        _ => TokenState::Over,
    }
}
