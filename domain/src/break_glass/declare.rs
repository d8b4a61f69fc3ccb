//! Declaring an emergency: from now on it can be opened, and those who could approve it are asked.

use std::time::Duration;

use super::{BreakGlassSettings, NewSession, SessionView};
use crate::{
    access::{Act, Actor, authorise},
    actions::Decided,
    audit::{EntryAction, EntryOutcome},
    console::Console,
    grants::{Grant, GrantChange, GrantFilter, GrantStateName, InvalidGrant, pinned, wanted},
    ids::GrantId,
    names::GrantableRoleName,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    tenants::TenantName,
};

/// What a person declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedSession {
    /// Where.
    pub tenant: TenantName,
    /// With which role.
    pub role: GrantableRoleName,
    /// For how many seconds; whatever somebody wrote.
    pub ttl_seconds: i64,
    /// What is broken.
    pub broken: String,
    /// What they will do.
    pub intent: String,
    /// Where the incident is written down.
    pub incident: String,
}

impl Console {
    /// Declares an emergency. Nothing is opened yet.
    pub async fn declare_session(
        &self,
        actor: &Actor,
        asked: AskedSession,
    ) -> Result<SessionView, Problem> {
        let (tenant, role) = (asked.tenant.clone(), asked.role.clone());
        let declared = self.try_declare_session(actor, asked).await;
        self.note_grant_refusal(actor, EntryAction::BreakGlass, &tenant, &role, None, declared)
            .await
    }

    async fn try_declare_session(
        &self,
        actor: &Actor,
        asked: AskedSession,
    ) -> Result<SessionView, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, &asked.tenant).await?;
        let settings = policy.break_glass()?;
        let role = policy.policy.roles.role(&asked.role);
        let role = role.ok_or_else(|| refused("not-in-roles.toml"))?;
        let resource = wanted(actor, &tenant, &asked.role);
        authorise(&policy, actor, Act::BreakGlass, &resource)?;
        self.check_none_declared(actor, &tenant.name).await?;
        let longest = role.longest.min(settings.longest);
        let ttl = u64::try_from(asked.ttl_seconds).map_err(|_| InvalidGrant::Ttl { longest })?;
        let new = NewSession {
            id: GrantId::new(self.ports.ids.uuid()),
            holder: actor.login().clone(),
            tenant: pinned(&tenant)?,
            cluster_role: self.role_now(&tenant, role).await?,
            ttl: Duration::from_secs(ttl),
            broken: asked.broken,
            intent: asked.intent,
            incident: asked.incident,
            asked: policy.who_may(Act::DecideGrant, &resource, actor.login()),
            on_call: policy.on_call_now(),
        };
        let (tier, now) = (policy.policy.tiers.of(&tenant.name), self.now());
        let session = Grant::declare(new, role, settings, tier, now)?;
        let entry = session
            .entry(now, actor.login(), EntryOutcome::Requested)
            .with_json("body", &session.body);
        let decided = Some(Decided::under(&policy, actor, None));
        let change = GrantChange { decided, ..GrantChange::of(session.clone(), entry) };
        self.ports.grants.commit_grant(change).await?;
        self.session_view(actor, &session).await
    }
}

impl Console {
    /// One declaration at a time asks for attention; the next one would only bury it.
    async fn check_none_declared(&self, actor: &Actor, tenant: &TenantName) -> Result<(), Problem> {
        let declared = GrantFilter {
            states: vec![GrantStateName::Pending],
            holder: Some(actor.login().clone()),
            tenant: Some(tenant.clone()),
            ..GrantFilter::default()
        };
        let now = self.now();
        let waits = |it: &&Grant| it.body.declaration.is_some() && now < it.body.expires_at;
        match self.all_grants(&declared).await?.iter().find(waits) {
            Some(session) => {
                Err(Problem::from(ProblemCode::DeclaredAlready).with("session", session.body.id))
            }
            None => Ok(()),
        }
    }
}

impl PolicySnapshot {
    /// How glass is broken, where it can be.
    pub(super) fn break_glass(&self) -> Result<&BreakGlassSettings, Problem> {
        let settings = self.policy.break_glass.as_ref();
        settings.ok_or_else(|| refused("no-break-glass-in-roles.toml"))
    }
}

fn refused(rule: &str) -> Problem {
    Problem::from(ProblemCode::Refused).with("act", Act::BreakGlass).with("rule", rule)
}
