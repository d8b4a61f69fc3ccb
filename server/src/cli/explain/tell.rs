//! The answer, line by line.

use std::io::Write;

use domain::{
    access::{Act, Resource, Verdict},
    actions::ActionKind,
    names::Login,
    policy::ApproverGroup,
    tenants::TenantName,
};

use crate::{
    cli::{Answer, Failure},
    policy::LoadedPolicy,
};

pub(super) fn verdict(
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

pub(super) fn owners(resource: &Resource, out: &mut dyn Write) -> Result<(), Failure> {
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

pub(super) fn who_else_could(people: &[Login], out: &mut dyn Write) -> Result<(), Failure> {
    let people: Vec<_> = people.iter().map(Login::as_str).collect();
    match people.as_slice() {
        [] => writeln!(out, "nobody else could")?,
        _ => writeln!(out, "who else could: {}", people.join(", "))?,
    }
    Ok(())
}

pub(super) fn what_it_asks_for(
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
