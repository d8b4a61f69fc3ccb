//! `sekisho explain DIR …`: which rule allows or refuses something, and who else could do it.

mod tell;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use domain::{
    access::{Act, Question, Resource},
    actions::ActionKind,
    approvals::Quorum,
    names::{GrantableRoleName, Login},
    policy::{ApproverGroup, PolicySnapshot},
    tenants::TenantName,
    time::{Clock, Timestamp},
};

use super::{Answer, Failure, Outputs, calendars::Calendars};
use crate::{
    identity::SystemClock,
    policy::{Folder, LoadedPolicy, load},
};

/// Explain who may do what: exit code 0 when it is allowed, 1 when it is refused
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The policy folder; the one in `--policy` or `SEKISHO_POLICY` unless given
    #[arg(required_unless_present = "policy")]
    dir: Option<PathBuf>,
    /// The policy folder, as `serve` takes it
    #[arg(long, value_name = "DIR", env = "SEKISHO_POLICY")]
    policy: Option<PathBuf>,
    /// Who
    #[arg(long, value_name = "LOGIN")]
    actor: Login,
    /// Does what; where an action is given and nothing else, asking for it
    #[arg(long, required_unless_present = "action")]
    act: Option<Verb>,
    /// With which emergency action (ask, decide, lift, execute)
    #[arg(long, value_name = "ACTION")]
    action: Option<ActionKind>,
    /// To which tenant (view, ask, decide, lift, execute)
    #[arg(long, visible_alias = "resource", value_name = "CLUSTER/NAMESPACE")]
    tenant: Option<TenantName>,
    /// Which role (ask-role, decide-grant, end-grant, break-glass)
    #[arg(long, value_name = "ROLE")]
    role: Option<GrantableRoleName>,
    /// When, as RFC 3339 writes it; now unless given (oncall.toml)
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
    /// Whose request or grant (decide, lift, execute, decide-grant, end-grant); the actor's own unless given
    #[arg(long, value_name = "LOGIN")]
    requester: Option<Login>,
    #[command(flatten)]
    calendars: Calendars,
}

/// What can be done.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Verb {
    View,
    Ask,
    Decide,
    Lift,
    Execute,
    AskRole,
    DecideGrant,
    EndGrant,
    BreakGlass,
    ReviewSession,
    ReadHistory,
    ManagePeople,
}

impl Explain {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let dir = self.dir.as_ref().or(self.policy.as_ref());
        let dir = dir.ok_or(Failure::Incomplete { verb: "explain", needs: "--policy" })?;
        let loaded = load(&Folder::read(dir)?)?;
        let people = &loaded.policy().people;
        let actor = people.get(&self.actor).ok_or_else(|| Failure::Nobody(self.actor.clone()))?;
        let act = self.act()?;
        let resource = self.resource(&loaded, act)?;
        let at = self.at.unwrap_or_else(|| SystemClock.now());
        let on_duty = loaded.on_duty(&self.calendars.copies(&loaded, at)?, at);
        for notice in &on_duty.notices {
            writeln!(outputs.notes, "{notice}")?;
        }
        let policy = on_duty.snapshot.at(at);
        let question = Question { person: actor, act, resource: &resource, at: policy.at };
        let verdict = policy.rules.decide(question);
        let mut answer = tell::verdict(&self.actor, act, &verdict, outputs.out)?;
        let mut others = policy.who_may(act, &resource, &self.actor);
        if let Some(quorum) = quorum(&policy, act, &resource) {
            others.retain(|login| quorum.has_room_for(login, &[]));
            if verdict.is_allowed() && !quorum.has_room_for(&self.actor, &[]) {
                let groups = ApproverGroup::list(&quorum.missing_from(&[]));
                writeln!(outputs.out, "but {} is of none of these groups: {groups}", self.actor)?;
                answer = Answer::No;
            }
        }
        tell::owners(&resource, outputs.out)?;
        tell::who_else_could(&others, outputs.out)?;
        if let (Some(action), Some(tenant)) = (act.action(), &self.tenant) {
            tell::what_it_asks_for(&loaded, action, tenant, outputs.out)?;
        }
        Ok(answer)
    }

    fn act(&self) -> Result<Act, Failure> {
        let with_action = |verb, act: fn(ActionKind) -> Act| {
            let needs = "--action";
            self.action.map(act).ok_or(Failure::Incomplete { verb, needs })
        };
        match self.act.unwrap_or(Verb::Ask) {
            Verb::View => Ok(Act::View),
            Verb::Ask => with_action("ask", Act::Ask),
            Verb::Decide => with_action("decide", Act::Decide),
            Verb::Lift => with_action("lift", Act::Lift),
            Verb::Execute => with_action("execute", Act::Execute),
            Verb::AskRole => Ok(Act::AskRole),
            Verb::DecideGrant => Ok(Act::DecideGrant),
            Verb::EndGrant => Ok(Act::EndGrant),
            Verb::BreakGlass => Ok(Act::BreakGlass),
            Verb::ReviewSession => Ok(Act::ReviewSession),
            Verb::ReadHistory => Ok(Act::ReadHistory),
            Verb::ManagePeople => Ok(Act::ManagePeople),
        }
    }

    fn resource(&self, loaded: &LoadedPolicy, act: Act) -> Result<Resource, Failure> {
        let of_console = matches!(act, Act::ReadHistory | Act::ManagePeople);
        let tenant = match &self.tenant {
            None if of_console => return Ok(Resource::Console),
            Some(_) if of_console => return Err(Failure::NoTenant(act)),
            None => {
                let (verb, needs) = (act.verb(), "--tenant");
                return Err(Failure::Incomplete { verb, needs });
            }
            Some(tenant) => tenant.clone(),
        };
        let owners = loaded.policy().ownership.owners(&tenant);
        Ok(match act {
            Act::Decide(_) | Act::Lift(_) | Act::Execute(_) => Resource::Request {
                requester: self.requester.as_ref().unwrap_or(&self.actor).clone(),
                tenant,
                owners,
            },
            Act::AskRole | Act::DecideGrant | Act::EndGrant | Act::BreakGlass => Resource::Grant {
                holder: self.requester.as_ref().unwrap_or(&self.actor).clone(),
                role: self.role(loaded, act)?,
                tenant,
                owners,
            },
            _ => Resource::Tenant { name: tenant, owners },
        })
    }

    /// The role that is meant, if roles.toml lists it.
    fn role(&self, loaded: &LoadedPolicy, act: Act) -> Result<GrantableRoleName, Failure> {
        let role = self.role.clone();
        let role = role.ok_or(Failure::Incomplete { verb: act.verb(), needs: "--role" })?;
        match loaded.policy().roles.role(&role) {
            Some(_) => Ok(role),
            None => Err(Failure::NoRole(role)),
        }
    }
}

/// Who must agree together, where it is about agreeing to a request that nobody approved yet.
fn quorum<'a>(policy: &'a PolicySnapshot, act: Act, resource: &'a Resource) -> Option<Quorum<'a>> {
    let (settings, tenant, requester) = match (act, resource) {
        (Act::Decide(action), Resource::Request { requester, tenant, .. }) => {
            (&policy.policy.actions.get(&action)?.asking, tenant, requester)
        }
        (Act::DecideGrant, Resource::Grant { holder, role, tenant, .. }) => {
            (&policy.policy.roles.role(role)?.asking, tenant, holder)
        }
        _ => return None,
    };
    let needed = settings.approvals_in(policy.policy.tiers.of(tenant));
    Some(Quorum::new(policy, Some(settings), tenant, requester, needed))
}
