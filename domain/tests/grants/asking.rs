//! What may be asked for, and what is refused at once.

use std::time::Duration;

use domain::{
    approvals::InvalidWords,
    break_glass::{InvalidDeclaration, NewSession},
    grants::{Grant, GrantStateName, InvalidGrant, NeverGranted, NewGrant, SHORTEST},
    policy::Tier,
};

use crate::fixtures::{PATIENCE, cluster_role, emergency, role, settings, start, wish};

fn ask(new: NewGrant) -> Result<Grant, InvalidGrant> {
    Grant::ask(new, &role(1), Tier(2), start())
}

#[test]
fn a_time_out_of_bounds_is_refused_with_the_bounds() {
    let longest = role(1).longest;
    let second = Duration::from_secs(1);
    for (ttl, taken) in [
        (Duration::ZERO, false),
        (SHORTEST.saturating_sub(second), false),
        (SHORTEST, true),
        (longest, true),
        (longest + second, false),
        (Duration::MAX, false),
    ] {
        let asked = ask(NewGrant { ttl, ..wish() });
        assert_eq!(asked.is_ok(), taken, "{ttl:?}");
        let refused = asked.err().is_none_or(|error| error == InvalidGrant::Ttl { longest });
        assert!(refused, "{ttl:?}");
    }
}

#[test]
fn a_reason_must_be_given() {
    let silent = NewGrant { reason: "  ".to_owned(), ..wish() };
    assert_eq!(ask(silent), Err(InvalidGrant::Words(InvalidWords::ReasonMissing)));
}

#[test]
fn a_role_that_can_never_be_granted_is_not_even_asked_for() {
    let mut secrets = cluster_role();
    secrets.rules[0].resources = ["secrets".to_owned()].into();
    secrets.rules[0].verbs = ["get".to_owned()].into();
    let asked = ask(NewGrant { cluster_role: secrets, ..wish() });
    assert_eq!(asked, Err(InvalidGrant::Role(NeverGranted::ReadsSecrets)));
    let aggregated = NewGrant { cluster_role: cluster_role(), ..wish() };
    let mut aggregated = aggregated;
    aggregated.cluster_role.aggregated = true;
    assert_eq!(ask(aggregated), Err(InvalidGrant::Role(NeverGranted::Aggregated)));
}

#[test]
fn a_policy_that_asks_for_no_approval_is_given_one() {
    let mut none = role(1);
    none.asking.approvals_in_tier = [(Tier(3), 0)].into();
    let asked = Grant::ask(wish(), &none, Tier(3), start()).unwrap();
    assert_eq!((asked.body.approvals_needed, asked.state.name()), (1, GrantStateName::Pending));
}

#[test]
fn an_emergency_says_what_is_broken_what_will_be_done_and_for_which_incident() {
    let declare = |new| Grant::declare(new, &role(2), &settings(), Tier(2), start());
    let blank = || "  ".to_owned();
    let silent = NewSession { broken: blank(), ..emergency() };
    assert_eq!(declare(silent), Err(InvalidDeclaration::Words(InvalidWords::ReasonMissing)));
    let aimless = NewSession { intent: blank(), ..emergency() };
    assert_eq!(declare(aimless), Err(InvalidDeclaration::Intent));
    let unnamed = NewSession { incident: "x".repeat(201), ..emergency() };
    assert_eq!(declare(unnamed), Err(InvalidDeclaration::Incident));
    let longest = settings().longest;
    let long = NewSession { ttl: longest + Duration::from_secs(1), ..emergency() };
    assert_eq!(declare(long), Err(InvalidGrant::Ttl { longest }.into()));
}

#[test]
fn the_tier_says_how_long_approvers_have() {
    let alone_from = |tier| {
        let declared = Grant::declare(emergency(), &role(2), &settings(), Tier(tier), start());
        declared.unwrap().body.declaration.unwrap().alone_from
    };
    assert_eq!(alone_from(0), start());
    assert_eq!(alone_from(1), start().plus(PATIENCE));
}
