//! How a grant moves from state to state. Each move consumes it and bumps its version.

use std::time::Duration;

use super::{
    Activation, EndReason, Ending, Grant, GrantState, GrantStateName, GrantVoid, Held, Hold,
};
use crate::{
    approvals::{Decision, SignedDecision},
    names::Login,
    time::Timestamp,
};

/// How long after its word was given a role may still be made in the cluster.
pub const ACTIVATION_DEADLINE: Duration = Duration::from_secs(30);
/// How long after that deadline a call may still be on its way: nothing is believed to be gone before.
pub const ANSWER_MARGIN: Duration = Duration::from_secs(10);

/// Why a grant does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantMoveError {
    /// It is not in a state from which this is possible.
    #[error("the grant is {0}")]
    WrongState(GrantStateName),
    /// Its time to be approved ran out.
    #[error("the time of the grant to be approved ran out")]
    Expired,
    /// A person does not decide about their own.
    #[error("nobody decides about their own grant")]
    OwnGrant,
    /// A person decides once.
    #[error("this person approved it already")]
    Twice,
    /// The signature is for something else.
    #[error("the signature does not cover this decision")]
    OtherDecision,
    /// It is no break-glass session: nobody opens it alone.
    #[error("it is no break-glass session")]
    NoSession,
    /// Only its holder opens it.
    #[error("only its holder opens it")]
    NotHolder,
    /// Approvers still have time to answer.
    #[error("approvers still have time to answer")]
    Patience,
    /// It cannot be over yet.
    #[error("it is too early for that")]
    TooEarly,
}

use GrantMoveError as Wrong;

impl Grant {
    /// Adds an approval. With the last that is needed the word is given: it is to be made in the cluster, and its time
    /// runs from here.
    pub fn approve(mut self, approval: SignedDecision, now: Timestamp) -> Result<Self, Wrong> {
        self.may_decide(&approval, Decision::Approve, now)?;
        if self.approvals.iter().any(|earlier| earlier.person() == approval.person()) {
            return Err(Wrong::Twice);
        }
        self.approvals.push(approval);
        if !self.has_its_approvals() {
            return Ok(self.moved(GrantState::Pending));
        }
        Ok(self.activate(now))
    }

    /// Opens a break-glass session by its holder's own word, once approvers had their time. From here on it is as every
    /// grant whose word was given.
    pub fn open_alone(mut self, opening: SignedDecision, now: Timestamp) -> Result<Self, Wrong> {
        let Some(declared) = &self.body.declaration else { return Err(Wrong::NoSession) };
        match self.state {
            GrantState::Pending if now >= self.body.expires_at => Err(Wrong::Expired),
            GrantState::Pending if *opening.person() != self.body.holder => Err(Wrong::NotHolder),
            GrantState::Pending if !self.is_opened_by(&opening) => Err(Wrong::OtherDecision),
            GrantState::Pending if now < declared.alone_from => Err(Wrong::Patience),
            GrantState::Pending => {
                self.opening = Some(Box::new(opening));
                Ok(self.activate(now))
            }
            _ => Err(self.wrong_state()),
        }
    }

    fn activate(self, now: Timestamp) -> Self {
        let until = now.plus(Duration::from_secs(self.body.ttl_seconds));
        let activation = Activation {
            at: now,
            deadline: now.plus(ACTIVATION_DEADLINE),
            until: self.ends_by().map_or(until, |ends_by| until.min(ends_by)),
        };
        self.moved(GrantState::Activating(activation))
    }

    /// Ends it by an approver's no.
    pub fn deny(self, denial: SignedDecision, now: Timestamp) -> Result<Self, Wrong> {
        self.may_decide(&denial, Decision::Deny, now)?;
        Ok(self.moved(GrantState::Denied { denial: Box::new(denial) }))
    }

    fn may_decide(
        &self,
        decision: &SignedDecision,
        expected: Decision,
        now: Timestamp,
    ) -> Result<(), Wrong> {
        match self.state {
            GrantState::Pending if now >= self.body.expires_at => Err(Wrong::Expired),
            GrantState::Pending if *decision.person() == self.body.holder => Err(Wrong::OwnGrant),
            GrantState::Pending if !decision.covers(expected, self.digest) => {
                Err(Wrong::OtherDecision)
            }
            GrantState::Pending => Ok(()),
            _ => Err(self.wrong_state()),
        }
    }

    /// Ends it before anything was given: by whoever asked, or by whoever ended their rights.
    pub fn withdraw(self, by: &Login, now: Timestamp) -> Result<Self, Wrong> {
        let by = (*by != self.body.holder).then(|| by.clone());
        self.while_pending(GrantState::Withdrawn { at: now, by })
    }

    /// Ends it when its time to be approved ran out.
    pub fn expire(self, now: Timestamp) -> Result<Self, Wrong> {
        if now < self.body.expires_at {
            return Err(self.while_pending(GrantState::Pending).err().unwrap_or(Wrong::TooEarly));
        }
        self.while_pending(GrantState::Expired { at: now })
    }

    /// Ends it because role or namespace are not what was asked about.
    pub fn void(self, reason: GrantVoid, now: Timestamp) -> Result<Self, Wrong> {
        self.while_pending(GrantState::Void { at: now, reason })
    }

    fn while_pending(self, state: GrantState) -> Result<Self, Wrong> {
        match self.state {
            GrantState::Pending => Ok(self.moved(state)),
            _ => Err(self.wrong_state()),
        }
    }

    /// Notes that the cluster holds it.
    pub fn given(self, held: Held, now: Timestamp) -> Result<Self, Wrong> {
        match self.state {
            GrantState::Activating(activation) => {
                Ok(self.moved(GrantState::Active(Hold { activation, held, since: now })))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Gives the word that it ends.
    pub fn end(self, reason: EndReason, by: Option<&Login>, now: Timestamp) -> Result<Self, Wrong> {
        let (activation, held) = match &self.state {
            GrantState::Activating(activation) => (*activation, None),
            GrantState::Active(hold) => (hold.activation, Some(hold.held.clone())),
            _ => return Err(self.wrong_state()),
        };
        let ending = Ending { activation, held, reason, by: by.cloned(), at: now };
        Ok(self.moved(GrantState::Ending(ending)))
    }

    /// Notes that the cluster holds nothing of it any more. Where nobody heard what became of the word that it is made,
    /// that cannot be known until no call may be on its way.
    pub fn gone(self, now: Timestamp) -> Result<Self, Wrong> {
        match &self.state {
            GrantState::Ending(ending) if ending.may_be_gone(now) => {
                let ending = ending.clone();
                Ok(self.moved(GrantState::Ended { ending, at: now }))
            }
            GrantState::Ending(_) => Err(Wrong::TooEarly),
            _ => Err(self.wrong_state()),
        }
    }

    /// When it ends by itself: what waits, when it can be approved no longer; what is given, when its time is over.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        match &self.state {
            GrantState::Pending => Some(self.body.expires_at),
            GrantState::Activating(activation) => Some(activation.until),
            GrantState::Active(hold) => Some(hold.activation.until),
            _ => None,
        }
    }

    fn moved(mut self, state: GrantState) -> Self {
        self.state = state;
        self.version += 1;
        self
    }

    fn wrong_state(&self) -> Wrong {
        Wrong::WrongState(self.state.name())
    }
}

impl Ending {
    /// Whether nothing can appear in the cluster any more that was not there when somebody looked.
    #[must_use]
    pub fn may_be_gone(&self, now: Timestamp) -> bool {
        self.held.is_some() || now >= self.activation.deadline.plus(ANSWER_MARGIN)
    }
}
