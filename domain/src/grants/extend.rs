//! More time for a role that is held: a grant of its own, which takes the place of the one before once it is given.
//!
//! A token ends with the grant that it was made for, and so do account and binding: nothing in the cluster is changed, and
//! nobody holds more than what was signed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    EndReason, Grant, GrantChange, GrantFilter, GrantState, GrantStateName, GrantView,
    InvalidGrant, NewGrant, end::ending, roles::wanted,
};
use crate::{
    access::{Act, Actor, authorise},
    actions::Decided,
    audit::{EntryAction, EntryOutcome},
    console::Console,
    ids::GrantId,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// What a grant comes after: the one whose place it takes or, for a break-glass session, the one that it goes on from, which
/// stays until its own end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extends {
    /// The grant before.
    pub grant: GrantId,
    /// Since when the role is held in one stretch.
    pub since: Timestamp,
    /// When that stretch ends at the latest, whenever it is agreed to. Of sessions their declaration tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_by: Option<Timestamp>,
}

/// A role that more time may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prolonged {
    /// Since when it is held in one stretch.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

impl Console {
    /// Asks for more time for a role that one holds. It needs its approvals anew.
    pub async fn extend_grant(
        &self,
        actor: &Actor,
        id: GrantId,
        ttl_seconds: i64,
        reason: String,
    ) -> Result<GrantView, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let (tenant, role) = (grant.body.tenant.name(), grant.body.role.name.clone());
        let asked = self.try_extend_grant(actor, grant, ttl_seconds, reason).await;
        self.note_grant_refusal(actor, EntryAction::Grant, &tenant, &role, Some(id), asked).await
    }

    async fn try_extend_grant(
        &self,
        actor: &Actor,
        grant: Grant,
        ttl_seconds: i64,
        reason: String,
    ) -> Result<GrantView, Problem> {
        let policy = self.policy();
        if grant.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        let now = self.now();
        let Some(Prolonged { since, until }) = grant.as_prolonged(now) else {
            return Err(Problem::from(ProblemCode::WrongState).with("state", grant.state.name()));
        };
        if let Some(waiting) = self.extension_of(&grant).await? {
            return Err(Problem::from(ProblemCode::WrongState)
                .with("state", waiting.state.name())
                .with("extension", waiting.body.id));
        }
        let tenant = self.visible_tenant(actor, &grant.body.tenant.name()).await?;
        let name = &grant.body.role.name;
        let resource = wanted(actor, &tenant, name);
        authorise(&policy, actor, Act::AskRole, &resource)?;
        let role = policy.policy.roles.role(name).ok_or(ProblemCode::TargetDrifted)?;
        let ends_by = since.plus(role.longest_in_all);
        let longest = role.longest.min(ends_by.since(now));
        let ttl = u64::try_from(ttl_seconds).map(Duration::from_secs);
        let ttl = ttl.ok().filter(|ttl| *ttl <= longest).ok_or(InvalidGrant::Ttl { longest })?;
        let new = NewGrant {
            id: GrantId::new(self.ports.ids.uuid()),
            holder: actor.login().clone(),
            tenant: super::pinned(&tenant)?,
            cluster_role: self.role_now(&tenant, role).await?,
            ttl,
            reason,
            ticket: grant.body.ticket.clone(),
            extends: Some(Extends { grant: grant.body.id, since, ends_by: Some(ends_by) }),
            // It prolongs what is held: what is over is asked for anew.
            lapses_by: Some(until),
        };
        let extension = Grant::ask(new, role, policy.policy.tiers.of(&tenant.name), now)?;
        let entry = extension
            .entry(now, actor.login(), EntryOutcome::Requested)
            .with_json("body", &extension.body);
        let decided = Some(Decided::under(&policy, actor, None));
        let change = GrantChange { decided, ..GrantChange::of(extension.clone(), entry) };
        self.ports.grants.commit_grant(change).await?;
        Ok(self.view_of_grant(&policy, actor, &extension))
    }

    /// The extension of a grant that waits, or is given already.
    async fn extension_of(&self, grant: &Grant) -> Result<Option<Grant>, Problem> {
        let (holder, tenant) = (&grant.body.holder, grant.body.tenant.name());
        let theirs = GrantFilter::of(holder, &tenant, &GrantStateName::OPEN);
        let id = grant.body.id;
        let now = self.now();
        let is_it = |it: &Grant| {
            let waits = it.state != GrantState::Pending || now < it.body.expires_at;
            waits && it.body.extends.is_some_and(|extends| extends.grant == id)
        };
        Ok(self.all_grants(&theirs).await?.into_iter().find(is_it))
    }

    /// The grant that this one takes the place of ends; whether there was one to end. What a session goes on from stays
    /// until its own end.
    pub(super) async fn end_the_one_before(&self, grant: &Grant) -> Result<bool, Problem> {
        let extends = grant.body.extends.filter(|_| grant.body.declaration.is_none());
        let Some(extends) = extends else { return Ok(false) };
        let before = self.ports.grants.grant(extends.grant).await?;
        let Some(before) = before.filter(Grant::is_held) else { return Ok(false) };
        if before.body.holder != grant.body.holder {
            return Ok(false);
        }
        let change = ending(before, EndReason::Extended, self.now())?;
        self.commit_grant_if_first(change).await
    }
}

impl Grant {
    /// How it is held, where more time may be asked for: it is no session, and held.
    #[must_use]
    pub fn as_prolonged(&self, now: Timestamp) -> Option<Prolonged> {
        let GrantState::Active(hold) = &self.state else { return None };
        let since = self.body.extends.map_or(hold.activation.at, |extends| extends.since);
        let until = hold.activation.until;
        let is_held = self.body.declaration.is_none() && now < until;
        is_held.then_some(Prolonged { since, until })
    }

    /// When it ends at the latest, whenever it is agreed to and however long it was asked for.
    pub(super) fn ends_by(&self) -> Option<Timestamp> {
        let of_session = self.goes_on_with().map(|goes_on| goes_on.ends_by);
        of_session.or(self.body.extends?.ends_by)
    }
}
