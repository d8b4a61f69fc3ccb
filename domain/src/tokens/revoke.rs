//! Revoking a token: no cluster takes back a single one, so that its account goes, and with it the grant.

use super::{TokenId, TokenView};
use crate::{
    access::Actor,
    audit::{EntryAction, EntryFilter, EntryOutcome},
    console::Console,
    page::{MAX_LIMIT, PageRequest},
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Ends the grant that a token is of: its holder's own, or that of whoever they may end.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<TokenView, Problem> {
        let grant = self.visible_grant(actor, id.grant).await?;
        let issued = EntryFilter {
            action: Some(EntryAction::Token),
            outcome: Some(EntryOutcome::Succeeded),
            grant: Some(id.grant),
            ..EntryFilter::default()
        };
        let mut page = PageRequest { cursor: None, limit: Some(MAX_LIMIT) };
        let entry = loop {
            let found = self.ports.entries.entries(&issued, &page).await?;
            if let Some(entry) = found.items.into_iter().find(|it| it.sequence == id.entry) {
                break entry;
            }
            page.cursor = Some(found.next.ok_or(ProblemCode::NotVisible)?);
        };
        if grant.body.holder == *actor.login() {
            self.return_grant(actor, id.grant).await?;
        } else {
            self.revoke_grant(actor, id.grant, None).await?;
        }
        Ok(self.token_view(actor, entry).await?.ok_or(ProblemCode::NotVisible)?)
    }
}
