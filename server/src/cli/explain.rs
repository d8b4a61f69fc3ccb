//! `sekisho explain DIR …`: which rule allows or refuses something, and who else could do it.

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use domain::{
    access::{Act, Question, Resource, Verdict},
    actions::ActionKind,
    names::Login,
    tenants::TenantName,
};

use super::{Answer, Failure, Outputs};
use crate::policy::{Folder, LoadedPolicy, load};

/// Explain who may do what: exit code 0 when it is allowed, 1 when it is refused
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The policy folder
    dir: PathBuf,
    /// Who
    #[arg(long, value_name = "LOGIN")]
    actor: Login,
    /// Does what
    #[arg(long)]
    act: Verb,
    /// With which emergency action (ask, decide, lift, execute)
    #[arg(long, value_name = "ACTION")]
    action: Option<ActionKind>,
    /// To which tenant (view, ask, decide, lift, execute)
    #[arg(long, value_name = "CLUSTER/NAMESPACE")]
    tenant: Option<TenantName>,
    /// Whose request (decide, lift, execute); the actor's own unless given
    #[arg(long, value_name = "LOGIN")]
    requester: Option<Login>,
}

/// What can be done.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Verb {
    View,
    Ask,
    Decide,
    Lift,
    Execute,
    ReadHistory,
    ManagePeople,
}

impl Explain {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let loaded = load(&Folder::read(&self.dir)?)?;
        let people = &loaded.policy().people;
        let actor = people.get(&self.actor).ok_or_else(|| Failure::Nobody(self.actor.clone()))?;
        let act = self.act()?;
        let resource = self.resource(&loaded, act)?;
        let verdict =
            loaded.snapshot.rules.decide(Question { person: actor, act, resource: &resource });
        let answer = tell(&self.actor, act, &verdict, outputs.out)?;
        tell_owners(&resource, outputs.out)?;
        let others = loaded.snapshot.who_may(act, &resource, &self.actor);
        tell_who_else_could(&others, outputs.out)?;
        Ok(answer)
    }

    fn act(&self) -> Result<Act, Failure> {
        let with_action = |verb, act: fn(ActionKind) -> Act| {
            let needs = "--action";
            self.action.map(act).ok_or(Failure::Incomplete { verb, needs })
        };
        match self.act {
            Verb::View => Ok(Act::View),
            Verb::Ask => with_action("ask", Act::Ask),
            Verb::Decide => with_action("decide", Act::Decide),
            Verb::Lift => with_action("lift", Act::Lift),
            Verb::Execute => with_action("execute", Act::Execute),
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
            _ => Resource::Tenant { name: tenant, owners },
        })
    }
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
        Resource::Request { tenant, owners, .. } => (tenant, owners),
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

#[cfg(test)]
mod tests {
    use crate::cli::testing::{DEMO, run};

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
        let cases: [&[&str]; 6] = [
            &["--actor", "engineer", "--act", "view", "--tenant", "demo/ledger"],
            &["--actor", "engineer", "--act", "view", "--tenant", "demo/loyalty-pilot"],
            &[&["--actor", "admin", "--act", "ask"], &restart[..]].concat(),
            &[&["--actor", "approver", "--act", "decide", "--requester", "on-call"], &restart[..]]
                .concat(),
            &[&["--actor", "on-call", "--act", "decide"], &restart[..]].concat(),
            &["--actor", "security", "--act", "read-history"],
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
        --
        Yes
        approver may decide restart-pod: allowed by owners-decide-requests
        demo/checkout is owned by payments-core
        who else could: engineer, second-on-call
        --
        No
        on-call may not decide restart-pod: refused by nobody-decides-their-own-request
        demo/checkout is owned by payments-core
        who else could: approver, engineer, second-on-call
        --
        Yes
        security may read-history: allowed by security-reads-history
        nobody else could
        "#);
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
