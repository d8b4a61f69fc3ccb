//! What the audit log is told about grants.

use super::Grant;
use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    ids::GrantId,
    names::{GrantableRoleName, Login},
    problem::Problem,
    tenants::TenantName,
    time::Timestamp,
};

impl Grant {
    /// What its entries tell of.
    pub(crate) fn entry_action(&self) -> EntryAction {
        match self.body.declaration {
            Some(_) => EntryAction::BreakGlass,
            None => EntryAction::Grant,
        }
    }

    /// An entry about this grant by a person.
    pub(crate) fn entry(&self, at: Timestamp, actor: &Login, outcome: EntryOutcome) -> EntryDraft {
        EntryDraft { actor: Some(actor.clone()), ..self.entry_by_itself(at, outcome) }
    }

    /// An entry about what happened to this grant by itself.
    #[must_use]
    pub fn entry_by_itself(&self, at: Timestamp, outcome: EntryOutcome) -> EntryDraft {
        let draft = EntryDraft::new(at, None, self.entry_action(), outcome);
        let tenant = Some(self.body.tenant.name());
        let draft = EntryDraft { tenant, grant: Some(self.body.id), ..draft }
            .with("digest", self.digest.to_string())
            .with("role", self.body.role.name.as_str())
            .with("holder", self.body.holder.as_str());
        if self.is_drill() { draft.with("drill", true) } else { draft }
    }
}

impl Console {
    /// Writes down that rules or checks refused a person, before they are told.
    pub(crate) async fn note_grant_refusal<T>(
        &self,
        actor: &Actor,
        action: EntryAction,
        tenant: &TenantName,
        role: &GrantableRoleName,
        grant: Option<GrantId>,
        result: Result<T, Problem>,
    ) -> Result<T, Problem> {
        let about =
            EntryDraft { tenant: Some(tenant.clone()), grant, ..self.refusal(actor, action) };
        self.note_if_refused(about.with("role", role.as_str()), result).await
    }
}
