//! What may be asked for, and how many must agree.

use domain::{
    actions::{InvalidRequest, Request, StateName, Tripped},
    approvals::InvalidWords,
    policy::{GuardRail, Tier},
};

use crate::fixtures::{preview, settings, start, wish};

fn tripped(rail: GuardRail, lifted_by: Option<u32>) -> Tripped {
    Tripped { rail, limit: "50 %".to_owned(), found: "80 %".to_owned(), lifted_by }
}

fn asked(against: &[Tripped], lifts: &[GuardRail]) -> Result<u32, InvalidRequest> {
    let mut seen = preview();
    seen.tripped = against.to_vec();
    let mut new = wish();
    new.lifts = lifts.to_vec();
    let asked = Request::ask(new, &settings(1), Tier(2), seen, start())?;
    Ok(asked.body.approvals_needed)
}

#[test]
fn a_guard_rail_stops_whoever_does_not_ask_for_it_to_be_lifted() {
    let stands = tripped(GuardRail::LargestChange, Some(2));
    let refused = Err(InvalidRequest::GuardRail(stands.clone()));
    assert_eq!(asked(std::slice::from_ref(&stands), &[]), refused);
    assert_eq!(asked(std::slice::from_ref(&stands), &[GuardRail::LargestChange]), Ok(2));
}

#[test]
fn a_guard_rail_that_nobody_may_lift_stays() {
    let stands = tripped(GuardRail::Freeze, None);
    let refused = Err(InvalidRequest::GuardRail(stands.clone()));
    assert_eq!(asked(&[stands], &[GuardRail::Freeze]), refused);
}

#[test]
fn the_strictest_of_what_is_lifted_counts_and_never_lowers_what_the_action_asks_for() {
    let against =
        [tripped(GuardRail::LargestChange, Some(3)), tripped(GuardRail::CoolDown, Some(0))];
    let both = [GuardRail::CoolDown, GuardRail::LargestChange];
    assert_eq!(asked(&against, &both), Ok(3));
    assert_eq!(asked(&against[1..], &both[..1]), Ok(1));
    let refused = Err(InvalidRequest::GuardRail(against[0].clone()));
    assert_eq!(asked(&against, &both[..1]), refused);
}

#[test]
fn nothing_is_lifted_that_does_not_stand() {
    let refused = Err(InvalidRequest::NotTripped(GuardRail::Rate));
    assert_eq!(asked(&[], &[GuardRail::Rate]), refused);
}

#[test]
fn what_is_lifted_is_part_of_what_is_signed() {
    let mut seen = preview();
    seen.tripped = vec![tripped(GuardRail::LargestChange, Some(1))];
    let lifting = |lifts| {
        let mut new = wish();
        new.lifts = lifts;
        Request::ask(new, &settings(1), Tier(2), seen.clone(), start())
    };
    let lifted = lifting(vec![GuardRail::LargestChange]).unwrap();
    assert_ne!(lifted.digest, crate::fixtures::request(1).digest);
}

#[test]
fn a_tier_may_ask_for_more_or_for_none() {
    let mut by_tier = settings(1);
    by_tier.asking.approvals_in_tier = [(Tier(0), 2), (Tier(3), 0)].into();
    for (tier, needed, state) in [
        (Tier(0), 2, StateName::Pending),
        (Tier(1), 1, StateName::Pending),
        (Tier(3), 0, StateName::Approved),
    ] {
        let asked = Request::ask(wish(), &by_tier, tier, preview(), start()).unwrap();
        assert_eq!((asked.body.approvals_needed, asked.state.name()), (needed, state), "{tier}");
    }
}

#[test]
fn a_ticket_is_held_to_its_pattern_from_end_to_end() {
    let mut patterned = settings(1);
    patterned.asking.ticket_pattern = Some("INC-[0-9]+|CHG-[0-9]+".to_owned());
    let with_ticket = |ticket: &str| {
        let mut new = wish();
        new.ticket = Some(ticket.to_owned());
        Request::ask(new, &patterned, Tier(2), preview(), start())
    };
    assert!(with_ticket("INC-12").is_ok() && with_ticket(" CHG-1 ").is_ok());
    for odd in ["INC-", "xINC-1", "INC-1 and more", "inc-1"] {
        let found = with_ticket(odd);
        let words = |error| matches!(error, InvalidRequest::Words(InvalidWords::TicketOdd { .. }));
        assert!(found.is_err_and(words), "{odd}");
    }
}
