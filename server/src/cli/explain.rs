//! `sekisho explain DIR …`: which rule allows or refuses something, and who else could do it.

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use domain::{
    access::{Act, Question, Resource, Verdict},
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
        let mut answer = tell(&self.actor, act, &verdict, outputs.out)?;
        let mut others = policy.who_may(act, &resource, &self.actor);
        if let Some(quorum) = quorum(&policy, act, &resource) {
            others.retain(|login| quorum.has_room_for(login, &[]));
            if verdict.is_allowed() && !quorum.has_room_for(&self.actor, &[]) {
                let groups = ApproverGroup::list(&quorum.missing_from(&[]));
                writeln!(outputs.out, "but {} is of none of these groups: {groups}", self.actor)?;
                answer = Answer::No;
            }
        }
        tell_owners(&resource, outputs.out)?;
        tell_who_else_could(&others, outputs.out)?;
        if let (Some(action), Some(tenant)) = (act.action(), &self.tenant) {
            tell_what_it_asks_for(&loaded, action, tenant, outputs.out)?;
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
}

impl Explain {
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

fn tell(
    actor: &Login,
    act: Act,
    verdict: &Verdict,
    out: &mut dyn Write,
) -> Result<Answer, Failure> {
    let answer = match verdict {
        Verdict::Allowed { by } => {
            writeln!(out, "{actor} may {act}: allowed by {}", by.join(", "))?;
            Answer::Yes
        }
        Verdict::Refused { by } if by.is_empty() => {
            writeln!(out, "{actor} may not {act}: no rule allows it")?;
            Answer::No
        }
        Verdict::Refused { by } => {
            writeln!(out, "{actor} may not {act}: refused by {}", by.join(", "))?;
            Answer::No
        }
    };
    Ok(answer)
}

fn tell_owners(resource: &Resource, out: &mut dyn Write) -> Result<(), Failure> {
    let (tenant, owners) = match resource {
        Resource::Tenant { name, owners } => (name, owners),
        Resource::Request { tenant, owners, .. } | Resource::Grant { tenant, owners, .. } => {
            (tenant, owners)
        }
        Resource::Console => return Ok(()),
    };
    let owners: Vec<_> = owners.iter().map(ToString::to_string).collect();
    match owners.as_slice() {
        [] => writeln!(out, "nobody owns {tenant}")?,
        _ => writeln!(out, "{tenant} is owned by {}", owners.join(", "))?,
    }
    Ok(())
}

fn tell_who_else_could(people: &[Login], out: &mut dyn Write) -> Result<(), Failure> {
    let people: Vec<_> = people.iter().map(Login::as_str).collect();
    match people.as_slice() {
        [] => writeln!(out, "nobody else could")?,
        _ => writeln!(out, "who else could: {}", people.join(", "))?,
    }
    Ok(())
}

fn tell_what_it_asks_for(
    loaded: &LoadedPolicy,
    action: ActionKind,
    tenant: &TenantName,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let policy = loaded.policy();
    let tier = policy.tiers.of(tenant);
    match policy.actions.get(&action) {
        None => writeln!(out, "{action} is not listed in actions.toml: nobody is offered it")?,
        Some(settings) => {
            let asking = &settings.asking;
            let approvals = asking.approvals_in(tier);
            writeln!(
                out,
                "{tenant} is of tier {tier}; approvals that {action} needs there: {approvals}"
            )?;
            if !asking.approvals_from(tier).is_empty() {
                let groups = ApproverGroup::list(asking.approvals_from(tier));
                writeln!(out, "somebody of each of these groups is among them: {groups}")?;
            }
            for (rail, signatures) in &settings.guard_rails.lift {
                writeln!(out, "signatures that lift its guard rail {rail}: {signatures}")?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{
        cli::{
            Answer,
            testing::{DEMO, run},
        },
        policy::Folder,
    };

    fn explained(arguments: &[&str]) -> String {
        let ran = run(&[&["explain", DEMO], arguments].concat());
        match ran.answer {
            Ok(answer) => format!("{answer:?}\n{}", ran.out),
            Err(failure) => format!("{failure}\n"),
        }
    }

    #[test]
    fn verdicts_are_explained() {
        let restart = ["--action", "restart-pod", "--tenant", "demo/checkout"];
        let scale = ["--action", "scale", "--resource", "demo/card-vault"];
        let cases: [&[&str]; 8] = [
            &["--actor", "engineer", "--act", "view", "--tenant", "demo/ledger"],
            &["--actor", "engineer", "--act", "view", "--tenant", "demo/loyalty-pilot"],
            &[&["--actor", "admin", "--act", "ask"], &restart[..]].concat(),
            &[&["--actor", "approver", "--act", "decide", "--requester", "on-call"], &restart[..]]
                .concat(),
            &[&["--actor", "on-call", "--act", "decide"], &restart[..]].concat(),
            &["--actor", "security", "--act", "read-history"],
            &[&["--actor", "on-call"], &scale[..]].concat(),
            &[&["--actor", "approver", "--act", "lift", "--requester", "on-call"], &scale[..]]
                .concat(),
        ];
        let told: Vec<_> = cases.into_iter().map(explained).collect();
        insta::assert_snapshot!(told.join("--\n"), @r#"
        Yes
        engineer may view: allowed by teams-view-their-tenants
        demo/ledger is owned by payments-core
        who else could: admin, approver, on-call, second-on-call, security
        --
        No
        engineer may not view: no rule allows it
        nobody owns demo/loyalty-pilot
        who else could: admin
        --
        No
        admin may not ask restart-pod: refused by platform-admins-hold-no-power
        demo/checkout is owned by payments-core
        who else could: on-call, second-on-call
        demo/checkout is of tier 2; approvals that restart-pod needs there: 1
        --
        Yes
        approver may decide restart-pod: allowed by owners-decide-requests
        demo/checkout is owned by payments-core
        who else could: engineer, second-on-call
        demo/checkout is of tier 2; approvals that restart-pod needs there: 1
        --
        No
        on-call may not decide restart-pod: refused by nobody-decides-their-own-request
        demo/checkout is owned by payments-core
        who else could: approver, engineer, second-on-call
        demo/checkout is of tier 2; approvals that restart-pod needs there: 1
        --
        Yes
        security may read-history: allowed by security-reads-history
        nobody else could
        --
        Yes
        on-call may ask scale: allowed by on-call-asks-for-actions
        demo/card-vault is owned by risk
        who else could: second-on-call
        demo/card-vault is of tier 0; approvals that scale needs there: 1
        signatures that lift its guard rail largest-change: 2
        signatures that lift its guard rail ready-floor: 2
        --
        Yes
        approver may lift scale: allowed by owners-lift-guard-rails
        demo/card-vault is owned by risk
        who else could: second-on-call
        demo/card-vault is of tier 0; approvals that scale needs there: 1
        signatures that lift its guard rail largest-change: 2
        signatures that lift its guard rail ready-floor: 2
        "#);
    }

    #[test]
    fn calendars_count_at_the_moment_that_is_asked_about() {
        let dir = tempfile::tempdir().unwrap();
        let rotation = "[rotations.night]\nrole = \"on-call\"\ncalendar = \"duty.ics\"\n\
            people = { night = \"engineer\" }\n";
        let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Night\n\
            DTSTART:20260101T180000Z\nDURATION:PT12H\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
        Folder::demo().write(dir.path()).unwrap();
        std::fs::write(dir.path().join("oncall.toml"), rotation).unwrap();
        std::fs::write(dir.path().join("duty.ics"), calendar).unwrap();
        let asked = |at: &str| {
            let policy = dir.path().to_str().unwrap();
            let who = ["explain", policy, "--actor", "engineer", "--action", "restart-pod"];
            run(&[&who[..], &["--tenant", "demo/ledger", "--at", at]].concat()).answer.unwrap()
        };
        assert_eq!(asked("2031-06-05T17:59:59Z"), Answer::No);
        assert_eq!(asked("2031-06-05T18:00:00Z"), Answer::Yes);
        assert_eq!(asked("2031-06-06T05:59:59Z"), Answer::Yes);
        assert_eq!(asked("2031-06-06T06:00:00Z"), Answer::No);
    }

    #[test]
    fn the_groups_of_which_approvals_must_come_are_told() {
        let dir = tempfile::tempdir().unwrap();
        Folder::demo().write(dir.path()).unwrap();
        let actions = dir.path().join("actions.toml");
        let text = std::fs::read_to_string(&actions).unwrap();
        let groups = "[actions.scale]\napprovals_from = [\"another-team\"]\n";
        std::fs::write(actions, text.replace("[actions.scale]\n", groups)).unwrap();
        let asked = |action: &str| {
            let policy = dir.path().to_str().unwrap();
            run(&[
                "explain",
                policy,
                "--actor",
                "on-call",
                "--action",
                action,
                "--tenant",
                "demo/ledger",
            ])
            .out
        };
        let told = "somebody of each of these groups is among them: another-team\n";
        assert!(asked("scale").contains(told), "{}", asked("scale"));
        assert!(!asked("cancel-job").contains("groups"), "{}", asked("cancel-job"));
        let deciding = |actor: &str| {
            let who = ["--actor", actor, "--act", "decide", "--requester", "on-call"];
            let what = ["--action", "scale", "--tenant", "demo/ledger"];
            run(&[&["explain", dir.path().to_str().unwrap()], &who[..], &what].concat())
        };
        let colleague = deciding("second-on-call");
        assert_eq!(colleague.answer.unwrap(), Answer::No);
        assert!(
            colleague.out.contains("is of none of these groups: another-team"),
            "{}",
            colleague.out
        );
        assert!(
            colleague.out.contains("who else could: approver, engineer\n"),
            "{}",
            colleague.out
        );
        assert_eq!(deciding("approver").answer.unwrap(), Answer::Yes);
    }

    #[test]
    fn what_cannot_be_asked_is_said() {
        let cases: [&[&str]; 4] = [
            &["--actor", "nobody", "--act", "read-history"],
            &["--actor", "engineer", "--act", "ask", "--tenant", "demo/ledger"],
            &["--actor", "engineer", "--act", "view"],
            &["--actor", "engineer", "--act", "manage-people", "--tenant", "demo/ledger"],
        ];
        let told: Vec<_> = cases.into_iter().map(explained).collect();
        insta::assert_snapshot!(told.concat(), @r#"
        there is no nobody in people.toml
        ask needs --action
        view needs --tenant
        manage-people is not about a tenant
        "#);
    }
}
