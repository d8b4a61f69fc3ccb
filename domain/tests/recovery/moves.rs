//! Who may move a recovery, and who may not, one by one.

use std::time::Duration;

use domain::{
    approvals::{Decision, InvalidWords},
    canonical::Digest,
    identity::{CredentialId, LINK_TTL},
    recovery::{
        PENDING_FOR, Part, RecoveryBody, RecoveryMoveError as Wrong, RecoveryState,
        RecoveryStateName as Name, Signature,
    },
};

use crate::fixtures::{PERSON, approved, asked, signature, signed, start, verdict};

fn link() -> Digest {
    Digest::of(b"link")
}

fn within() -> Duration {
    Duration::from_hours(24)
}

#[test]
fn a_reason_must_be_given() {
    let body = asked().body;
    let again = |reason: &str| {
        RecoveryBody::new(body.id, body.person.clone(), body.asked_by.clone(), reason, start())
    };
    assert_eq!(again(" "), Err(InvalidWords::ReasonMissing));
    assert_eq!(again(&"x".repeat(1001)), Err(InvalidWords::ReasonTooLong));
}

#[test]
fn an_admin_and_a_team_mate_let_somebody_in_in_either_order() {
    for (one, other) in [("admin", "mate"), ("mate", "admin"), ("both", "mate"), ("both", "admin")]
    {
        let approved = approved(one, other);
        assert_eq!(approved.state.name(), Name::Approved, "{one} and {other}");
        let handed = approved.hand_on(link(), &one.parse().unwrap(), start()).unwrap();
        assert_eq!(handed.link(), Some(link()));
        let (new, old) = (CredentialId("new".to_owned()), CredentialId("old".to_owned()));
        let enrolled = handed.enrol(new, vec![old], within(), None, start()).unwrap();
        assert_eq!((enrolled.link(), enrolled.ends_at()), (None, None), "the link is used up");
        assert_eq!(enrolled.state.due().unwrap().due_at, start().plus(within()));
        let case = Digest::of(b"case");
        let by = |person: &str| verdict(person, Decision::Unjustified, case);
        for involved in [PERSON, "admin", one, other] {
            assert_eq!(enrolled.clone().judge(by(involved), case), Err(Wrong::Involved));
        }
        let judged = enrolled.judge(by("security"), case).unwrap();
        assert_eq!(judged.state.name(), Name::Judged);
        assert!(judged.is_as_signed());
    }
}

#[test]
fn two_of_one_kind_are_not_both() {
    for (one, other, missing) in [
        ("admin", "other-admin", vec![Part::TeamMate]),
        ("mate", "other-mate", vec![Part::Admin]),
        ("admin", "stranger", vec![Part::TeamMate]),
    ] {
        let asked = asked();
        let (first, second) = (signature(one, asked.digest), signature(other, asked.digest));
        let once = asked.sign(first, start()).unwrap();
        assert_eq!(once.sign(second, start()), Err(Wrong::OtherPart(missing)));
    }
    let asked = asked();
    let nobody = signature("stranger", asked.digest);
    assert_eq!(asked.sign(nobody, start()), Err(Wrong::OtherPart(Part::ALL.to_vec())));
}

#[test]
fn nobody_signs_for_themself_or_twice_or_something_else() {
    let asked = asked();
    let own = Signature { parts: Part::ALL.into(), ..signature(PERSON, asked.digest) };
    assert_eq!(asked.clone().sign(own, start()), Err(Wrong::Own));
    let once = asked.clone().sign(signature("both", asked.digest), start()).unwrap();
    assert_eq!(once.sign(signature("both", asked.digest), start()), Err(Wrong::Twice));
    let other = signature("admin", Digest::of(b"another"));
    assert_eq!(asked.clone().sign(other, start()), Err(Wrong::OtherDecision));
    let no = signed("admin", Decision::Deny, asked.digest);
    let turned = Signature { parts: Part::ALL.into(), signed: no };
    assert_eq!(asked.sign(turned, start()), Err(Wrong::OtherDecision));
}

#[test]
fn a_signature_for_a_role_signs_nobody_in() {
    let asked = asked();
    let mut other = signature("admin", asked.digest);
    other.signed.commitment.purpose = domain::approvals::Purpose::Grant;
    assert_eq!(asked.sign(other, start()), Err(Wrong::OtherDecision));
}

#[test]
fn nothing_happens_out_of_time() {
    let (late, asked) = (start().plus(PENDING_FOR), asked());
    let one = signature("mate", asked.digest);
    assert_eq!(asked.clone().sign(one, late), Err(Wrong::Expired));
    assert_eq!(asked.clone().expire(start()), Err(Wrong::TooEarly));
    assert_eq!(asked.expire(late).unwrap().state, RecoveryState::Expired { at: late });
    let (late, approved) = (start().plus(LINK_TTL), approved("mate", "admin"));
    let admin = "admin".parse().unwrap();
    assert_eq!(approved.clone().hand_on(link(), &admin, late), Err(Wrong::Expired));
    let handed = approved.hand_on(link(), &admin, start()).unwrap();
    let new = CredentialId("new".to_owned());
    assert_eq!(handed.enrol(new, Vec::new(), within(), None, late), Err(Wrong::Expired));
}

#[test]
fn what_was_stopped_lets_nobody_in() {
    let person = PERSON.parse().unwrap();
    let handed =
        approved("mate", "admin").hand_on(link(), &"admin".parse().unwrap(), start()).unwrap();
    let stopped = handed.stop(Some(&person), start()).unwrap();
    assert_eq!(stopped.link(), None);
    let new = CredentialId("new".to_owned());
    let wrong = Err(Wrong::WrongState(Name::Withdrawn));
    assert_eq!(stopped.clone().enrol(new, Vec::new(), within(), None, start()), wrong);
    assert_eq!(stopped.stop(Some(&person), start()), wrong);
}

#[test]
fn a_record_that_was_written_past_the_console_is_not_as_signed() {
    let good = approved("mate", "admin");
    assert!(good.is_as_signed());
    let mut other = good.clone();
    other.body.person = "on-call".parse().unwrap();
    let with = |change: &dyn Fn(&mut [Signature; 2])| {
        let mut forged = good.clone();
        if let RecoveryState::Approved(agreement) = &mut forged.state {
            change(&mut agreement.signatures);
        }
        forged
    };
    let twice = with(&|signatures| signatures[1] = signatures[0].clone());
    let own = with(&|signatures| {
        signatures[1] = Signature { parts: Part::ALL.into(), ..signature(PERSON, good.digest) };
    });
    let alike = with(&|signatures| signatures[1] = signature("other-mate", good.digest));
    for forged in [other, twice, own, alike] {
        assert!(!forged.is_as_signed(), "{forged:?}");
    }
}
