//! How a request moves from state to state. Each move consumes it and bumps its version.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Accepted, Before, Change, Ended, Execution, Intent, Outcome, Request, RequestState, StateName,
    Target, Verdict, VoidReason,
};
use crate::{
    approvals::{Decision, SignedDecision},
    names::Login,
    policy::ActionSettings,
    time::Timestamp,
};

/// Why a request does not move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "transition", rename_all = "snake_case")]
pub enum TransitionError {
    /// It is not in a state from which this is possible.
    #[error("the request is {}", .state.as_str())]
    WrongState {
        /// Where it stands.
        state: StateName,
    },
    /// Its time ran out.
    #[error("the time of the request ran out")]
    Expired,
    /// A person does not decide their own request.
    #[error("nobody decides their own request")]
    OwnRequest,
    /// A person decides once.
    #[error("this person approved it already")]
    Twice,
    /// Only the requester does this.
    #[error("only the requester does this")]
    NotRequester,
    /// The signature is for something else.
    #[error("the signature does not cover this decision")]
    OtherDecision,
}

use TransitionError as Wrong;

impl Request {
    /// Adds an approval; approved once it has as many as it needs.
    pub fn approve(
        mut self,
        approval: SignedDecision,
        approval_ttl: Duration,
        now: Timestamp,
    ) -> Result<Self, Wrong> {
        self.may_decide(&approval, Decision::Approve, now)?;
        if self.approvals.iter().any(|earlier| earlier.person() == approval.person()) {
            return Err(Wrong::Twice);
        }
        self.approvals.push(approval);
        if self.approvals.len() >= self.body.approvals_needed as usize {
            return Ok(self.moved(RequestState::Approved { until: now.plus(approval_ttl) }));
        }
        Ok(self.moved(RequestState::Pending))
    }

    /// Ends it by an approver's no.
    pub fn deny(self, denial: SignedDecision, now: Timestamp) -> Result<Self, Wrong> {
        self.may_decide(&denial, Decision::Deny, now)?;
        Ok(self.moved(RequestState::Denied { denial: Box::new(denial) }))
    }

    fn may_decide(
        &self,
        decision: &SignedDecision,
        expected: Decision,
        now: Timestamp,
    ) -> Result<(), Wrong> {
        match self.state {
            RequestState::Pending if now >= self.body.expires_at => Err(Wrong::Expired),
            RequestState::Pending if *decision.person() == self.body.requester => {
                Err(Wrong::OwnRequest)
            }
            RequestState::Pending if !decision.covers(expected, self.digest) => {
                Err(Wrong::OtherDecision)
            }
            RequestState::Pending => Ok(()),
            _ => Err(self.wrong_state()),
        }
    }

    /// Ends it by its requester, or by whoever ended the requester's rights.
    pub fn withdraw(self, by: &Login, now: Timestamp) -> Result<Self, Wrong> {
        match self.state {
            RequestState::Pending | RequestState::Approved { .. } => {
                let by = (*by != self.body.requester).then(|| by.clone());
                Ok(self.moved(RequestState::Withdrawn { at: now, by }))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Ends it when its time ran out.
    pub fn expire(self, now: Timestamp) -> Result<Self, Wrong> {
        match self.ends_at() {
            Some(end) if now >= end => Ok(self.moved(RequestState::Expired { at: now })),
            _ => Err(self.wrong_state()),
        }
    }

    /// When it ends by itself, if it can.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        match self.state {
            RequestState::Pending => Some(self.body.expires_at),
            RequestState::Approved { until } => Some(until),
            _ => None,
        }
    }

    /// Ends it because its target is no longer what was asked about.
    pub fn void(self, reason: VoidReason, now: Timestamp) -> Result<Self, Wrong> {
        match self.state {
            RequestState::Pending | RequestState::Approved { .. } => {
                Ok(self.moved(RequestState::Void { at: now, reason }))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Gives the word: executing from now until the intent's deadline.
    pub fn begin(
        self,
        touch: SignedDecision,
        change: Change,
        before: Before,
        settings: &ActionSettings,
        now: Timestamp,
    ) -> Result<Self, Wrong> {
        match self.state {
            RequestState::Approved { until } if now >= until => Err(Wrong::Expired),
            RequestState::Approved { .. } if *touch.person() != self.body.requester => {
                Err(Wrong::NotRequester)
            }
            RequestState::Approved { .. } if !touch.covers(Decision::Execute, self.digest) => {
                Err(Wrong::OtherDecision)
            }
            RequestState::Approved { .. } => {
                let intent = Intent {
                    at: now,
                    deadline: now.plus(settings.execution_deadline),
                    settle_by: now.plus(settings.settle_within),
                };
                let execution = Execution {
                    intent,
                    touch,
                    change,
                    before,
                    accepted: None,
                    waves: Vec::new(),
                    stopped: None,
                    left: None,
                };
                Ok(self.moved(RequestState::Executing(Box::new(execution))))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Notes that the cluster was heard to accept the effect.
    pub fn acknowledge(mut self, accepted: Accepted) -> Result<Self, Wrong> {
        match &mut self.state {
            RequestState::Executing(execution) if execution.accepted.is_none() => {
                execution.accepted = Some(accepted);
                self.version += 1;
                Ok(self)
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Records how it ended.
    pub fn settle(self, outcome: Outcome) -> Result<Self, Wrong> {
        let RequestState::Executing(execution) = &self.state else {
            return Err(self.wrong_state());
        };
        let state = match outcome.verdict {
            Verdict::Succeeded { .. } => RequestState::Succeeded,
            Verdict::Failed { .. } => RequestState::Failed,
            Verdict::Unknown { .. } => RequestState::Unknown,
        };
        let ended = Ended { execution: execution.clone(), outcome };
        Ok(self.moved(state(ended)))
    }

    /// Whether this is a decision that its state waits for.
    #[must_use]
    pub fn awaits(&self, decision: Decision) -> bool {
        match self.state {
            RequestState::Pending => matches!(decision, Decision::Approve | Decision::Deny),
            RequestState::Approved { .. } => decision == Decision::Execute,
            _ => false,
        }
    }

    /// How the target as it is now differs from what was asked about; `None` while it does not.
    #[must_use]
    pub fn drift(&self, now: Option<&Target>) -> Option<VoidReason> {
        let asked = &self.body.target;
        match now {
            None => Some(VoidReason::Gone),
            Some(now)
                if now.uid != asked.uid
                    || now.namespace_uid != asked.namespace_uid
                    || now.cluster_uid != asked.cluster_uid =>
            {
                Some(VoidReason::Recreated)
            }
            Some(now) if now.fingerprint != asked.fingerprint => Some(VoidReason::Changed),
            Some(_) => None,
        }
    }

    fn moved(mut self, state: RequestState) -> Self {
        self.state = state;
        self.version += 1;
        self
    }

    fn wrong_state(&self) -> Wrong {
        Wrong::WrongState { state: self.state.name() }
    }
}
