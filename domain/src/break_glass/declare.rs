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
    /// The live session of theirs that they go on from, if any.
    pub after: Option<GrantId>,
    /// Whether it is a drill.
    pub is_drill: bool,
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
        let live = self.gone_on_from(actor, &tenant.name, asked.after).await?;
        policy.check_goes_on(live.as_ref(), &asked)?;
        if asked.is_drill && !settings.drills_in.contains(&tenant.name) {
            return Err(refused("no-drills-in-this-tenant"));
        }
        self.check_none_declared(actor, &asked).await?;
        let now = self.now();
        let before = live.and_then(|live| live.as_before(now));
        let longest = settings.longest_of(role, before.as_ref(), now);
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
            before,
            is_drill: asked.is_drill,
        };
        let tier = policy.policy.tiers.of(&tenant.name);
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
    /// The live session of the person's own that they go on from, where they name one.
    pub(super) async fn gone_on_from(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        after: Option<GrantId>,
    ) -> Result<Option<Grant>, Problem> {
        let Some(after) = after else { return Ok(None) };
        let live = self.visible_session(actor, after).await?;
        if live.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        if live.body.tenant.name() != *tenant {
            return Err(ProblemCode::NotVisible.into());
        }
        if live.as_before(self.now()).is_none() {
            return Err(ProblemCode::SessionOver.into());
        }
        Ok(Some(live))
    }

    /// One declaration at a time asks for attention; the next one would only bury it. A drill buries nothing.
    async fn check_none_declared(
        &self,
        actor: &Actor,
        asked: &AskedSession,
    ) -> Result<(), Problem> {
        let pending = [GrantStateName::Pending];
        let declared = GrantFilter::of(actor.login(), &asked.tenant, &pending);
        let now = self.now();
        let waits = |it: &&Grant| {
            let is_session = it.body.declaration.is_some() && now < it.body.expires_at;
            is_session && it.is_drill() == asked.is_drill
        };
        match self.all_grants(&declared).await?.iter().find(waits) {
            Some(session) => {
                Err(Problem::from(ProblemCode::DeclaredAlready).with("session", session.body.id))
            }
            None => Ok(()),
        }
    }
}

impl PolicySnapshot {
    /// Whoever goes on takes the same role or a larger one, for the same incident, and stays in the drill or out of it.
    fn check_goes_on(&self, live: Option<&Grant>, asked: &AskedSession) -> Result<(), Problem> {
        let Some(live) = live else { return Ok(()) };
        let rung = |name| self.policy.roles.rung(name);
        if rung(&asked.role) < rung(&live.body.role.name) {
            return Err(Problem::malformed("role", "that of the session before, or a larger one"));
        }
        if live.body.ticket.as_deref() != Some(asked.incident.trim()) {
            return Err(Problem::malformed("incident", "that of the session before"));
        }
        if live.is_drill() != asked.is_drill {
            return Err(Problem::malformed("drill", "as the session before"));
        }
        Ok(())
    }

    /// How glass is broken, where it can be.
    pub(super) fn break_glass(&self) -> Result<&BreakGlassSettings, Problem> {
        let settings = self.policy.break_glass.as_ref();
        settings.ok_or_else(|| refused("no-break-glass-in-roles.toml"))
    }
}

fn refused(rule: &str) -> Problem {
    Problem::from(ProblemCode::Refused).with("act", Act::BreakGlass).with("rule", rule)
}
