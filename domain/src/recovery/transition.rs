//! How a recovery moves from state to state. Each move consumes it and bumps its version.

use std::time::Duration;

use super::{
    Agreement, Enrolment, HandedLink, Part, Recovery, RecoveryState, RecoveryStateName, Signature,
};
use crate::{
    approvals::{Decision, Purpose, SignedDecision},
    break_glass::{Due, Verdict},
    canonical::Digest,
    identity::{CredentialId, LINK_TTL},
    names::Login,
    time::Timestamp,
};

/// Why a recovery does not move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryMoveError {
    /// It is not in a state from which this is possible.
    #[error("the recovery is {0}")]
    WrongState(RecoveryStateName),
    /// Its time ran out.
    #[error("the time of the recovery ran out")]
    Expired,
    /// Nobody signs for themself.
    #[error("nobody signs their own recovery")]
    Own,
    /// A person signs once.
    #[error("this person signed it already")]
    Twice,
    /// The signer is nothing that is needed, or only what signed already.
    #[error("somebody else is needed")]
    OtherPart(Vec<Part>),
    /// The signature is for something else.
    #[error("the signature does not cover this decision")]
    OtherDecision,
    /// Somebody who was part of it does not judge it.
    #[error("nobody judges a recovery that they were part of")]
    Involved,
    /// It cannot be over yet.
    #[error("it is too early for that")]
    TooEarly,
}

use RecoveryMoveError as Wrong;

impl Recovery {
    /// Adds a signature. With the second, a link may be made.
    pub fn sign(self, signature: Signature, now: Timestamp) -> Result<Self, Wrong> {
        self.may_decide(&signature.signed, Decision::Approve, now)?;
        let RecoveryState::Pending(first) = &self.state else { return Err(self.wrong_state()) };
        let Some(first) = first.clone() else {
            if signature.parts.is_empty() {
                return Err(Wrong::OtherPart(Part::ALL.to_vec()));
            }
            return Ok(self.moved(RecoveryState::Pending(Some(Box::new(signature)))));
        };
        if first.person() == signature.person() {
            return Err(Wrong::Twice);
        }
        if !Part::are_both(&first.parts, &signature.parts) {
            return Err(Wrong::OtherPart(Part::missing_beside(&first.parts)));
        }
        let signatures = [*first, signature];
        let agreement = Agreement { signatures, at: now, until: now.plus(LINK_TTL), link: None };
        Ok(self.moved(RecoveryState::Approved(Box::new(agreement))))
    }

    /// Ends it by the no of somebody who might sign.
    pub fn deny(self, denial: SignedDecision, now: Timestamp) -> Result<Self, Wrong> {
        self.may_decide(&denial, Decision::Deny, now)?;
        Ok(self.moved(RecoveryState::Denied { denial: Box::new(denial) }))
    }

    fn may_decide(
        &self,
        decided: &SignedDecision,
        expected: Decision,
        now: Timestamp,
    ) -> Result<(), Wrong> {
        self.check_in_time(now)?;
        if *decided.person() == self.body.person {
            return Err(Wrong::Own);
        }
        let is_it = decided.commitment.purpose == Purpose::Recovery
            && decided.covers(expected, self.digest);
        if is_it { Ok(()) } else { Err(Wrong::OtherDecision) }
    }

    fn check_in_time(&self, now: Timestamp) -> Result<(), Wrong> {
        match self.ends_at() {
            None => Err(self.wrong_state()),
            Some(end) if now >= end => Err(Wrong::Expired),
            Some(_) => Ok(()),
        }
    }

    /// Notes that a link was made; the one before is void.
    pub fn hand_on(self, link: Digest, by: &Login, now: Timestamp) -> Result<Self, Wrong> {
        self.check_in_time(now)?;
        let RecoveryState::Approved(agreement) = &self.state else {
            return Err(self.wrong_state());
        };
        let link = HandedLink { digest: link, by: by.clone(), at: now };
        let agreement = Agreement { link: Some(link), ..*agreement.clone() };
        Ok(self.moved(RecoveryState::Approved(Box::new(agreement))))
    }

    /// Notes that the person has a new passkey and no other. From here on a verdict is due.
    pub fn enrol(
        self,
        credential: CredentialId,
        removed: Vec<CredentialId>,
        within: Duration,
        reviewer: Option<Login>,
        now: Timestamp,
    ) -> Result<Self, Wrong> {
        self.check_in_time(now)?;
        let agreement = match &self.state {
            RecoveryState::Approved(agreement) if agreement.link.is_some() => agreement.clone(),
            _ => return Err(self.wrong_state()),
        };
        let enrolment = Enrolment { agreement: *agreement, credential, removed, at: now };
        let due = Due::from(now, within, reviewer);
        Ok(self.moved(RecoveryState::Enrolled { enrolment: Box::new(enrolment), due }))
    }

    /// Stops it.
    pub fn stop(self, by: Option<&Login>, now: Timestamp) -> Result<Self, Wrong> {
        if !self.is_under_way() {
            return Err(self.wrong_state());
        }
        Ok(self.moved(RecoveryState::Withdrawn { by: by.cloned(), at: now }))
    }

    /// Ends it when its time ran out.
    pub fn expire(self, now: Timestamp) -> Result<Self, Wrong> {
        match self.ends_at() {
            None => Err(self.wrong_state()),
            Some(end) if now < end => Err(Wrong::TooEarly),
            Some(_) => Ok(self.moved(RecoveryState::Expired { at: now })),
        }
    }

    /// Changes what is said of the verdict that is due.
    pub fn follow(self, change: impl FnOnce(Due) -> Due) -> Result<Self, Wrong> {
        let RecoveryState::Enrolled { enrolment, due } = &self.state else {
            return Err(self.wrong_state());
        };
        let (enrolment, due) = (enrolment.clone(), change(due.clone()));
        Ok(self.moved(RecoveryState::Enrolled { enrolment, due }))
    }

    /// Ends it by a verdict on the case with that digest.
    pub fn judge(self, signed: SignedDecision, case: Digest) -> Result<Self, Wrong> {
        let RecoveryState::Enrolled { enrolment, due } = &self.state else {
            return Err(self.wrong_state());
        };
        if self.involves(signed.person()) {
            return Err(Wrong::Involved);
        }
        let decision = signed.commitment.decision;
        let is_it = signed.commitment.purpose == Purpose::Review && signed.covers(decision, case);
        if Verdict::of(decision).is_none() || !is_it {
            return Err(Wrong::OtherDecision);
        }
        let (enrolment, due, signed) = (enrolment.clone(), due.clone(), Box::new(signed));
        Ok(self.moved(RecoveryState::Judged { enrolment, due, signed }))
    }

    fn moved(self, state: RecoveryState) -> Self {
        Self { state, version: self.version + 1, ..self }
    }

    fn wrong_state(&self) -> Wrong {
        Wrong::WrongState(self.state.name())
    }

    /// Whether the console could have made it: what was asked for is what was signed, by two others who are one of each,
    /// and a verdict is that of somebody who was no part of it.
    #[must_use]
    pub fn is_as_signed(&self) -> bool {
        let is_theirs = |signature: &Signature| {
            signature.signed.covers(Decision::Approve, self.digest)
                && *signature.person() != self.body.person
                && !signature.parts.is_empty()
        };
        let is_whole = self.state.agreement().is_none_or(|agreement| {
            let [one, other] = &agreement.signatures;
            one.person() != other.person() && Part::are_both(&one.parts, &other.parts)
        });
        let is_judged = match &self.state {
            RecoveryState::Judged { signed, .. } => {
                Verdict::of(signed.commitment.decision).is_some() && !self.involves(signed.person())
            }
            RecoveryState::Denied { denial } => {
                denial.covers(Decision::Deny, self.digest) && *denial.person() != self.body.person
            }
            _ => true,
        };
        self.digest == self.body.digest()
            && self.signatures().iter().all(is_theirs)
            && is_whole
            && is_judged
    }
}
