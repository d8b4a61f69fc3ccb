//! The review of a session: written when it opens, due when it closes, over when somebody signed their verdict.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::{Account, Step, Verdict};
use crate::{
    approvals::SignedDecision,
    canonical::Digest,
    grants::{Grant, GrantState},
    ids::GrantId,
    names::{GrantableRoleName, Login},
    tenants::TenantName,
    time::Timestamp,
};

/// A review. It goes by the identifier of its session, of which it is the only one; what goes on from that session is
/// covered by it, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The session.
    pub session: GrantId,
    /// What the session's signatures commit to.
    pub digest: Digest,
    /// Who broke glass.
    pub person: Login,
    /// Where.
    pub tenant: TenantName,
    /// With which role.
    pub role: GrantableRoleName,
    /// Where the incident is written down.
    pub incident: String,
    /// Who approved the session; nobody where it was opened alone.
    pub approvers: Vec<Login>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What went on from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Whether it was a drill.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_drill: bool,
    /// Where the review stands.
    pub state: ReviewState,
    /// What the person says of it, once they did.
    pub account: Option<Account>,
    /// How often it changed; each change names the one it builds on.
    pub version: u64,
}

/// Where a review stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReviewState {
    /// The session is open.
    Live,
    /// The session is closed: account and verdict are due.
    Open(Due),
    /// Somebody signed their verdict.
    Judged {
        /// How it came to that.
        due: Due,
        /// The verdict, on the digest of the case.
        signed: Box<SignedDecision>,
    },
}

/// What is due since the session closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// When it closed.
    pub closed_at: Timestamp,
    /// When account and verdict are due.
    pub due_at: Timestamp,
    /// Who is asked to judge; nobody where nobody may.
    pub reviewer: Option<Login>,
    /// When they were reminded, once they were.
    pub reminded_at: Option<Timestamp>,
    /// When it escalated, once it did.
    pub escalated_at: Option<Timestamp>,
}

/// What is to be said of something that is due still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// Half of the time is over.
    Remind,
    /// All of it is.
    Escalate,
}

impl Due {
    /// What is due so long after something was over.
    #[must_use]
    pub fn from(closed_at: Timestamp, within: Duration, reviewer: Option<Login>) -> Self {
        let due_at = closed_at.plus(within);
        Self { closed_at, due_at, reviewer, reminded_at: None, escalated_at: None }
    }

    /// Whether what is due is late.
    #[must_use]
    pub fn is_past(&self, now: Timestamp) -> bool {
        now >= self.due_at
    }

    /// What is to be said of it now, and was not said yet.
    #[must_use]
    pub fn nudge(&self, now: Timestamp) -> Option<Nudge> {
        let half_time = self.closed_at.plus(self.due_at.since(self.closed_at) / 2);
        if self.escalated_at.is_some() {
            None
        } else if self.is_past(now) {
            Some(Nudge::Escalate)
        } else {
            (now >= half_time && self.reminded_at.is_none()).then_some(Nudge::Remind)
        }
    }
}

/// The name of a state, as the API writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStateName {
    /// See [`ReviewState::Live`].
    Live,
    /// See [`ReviewState::Open`].
    Open,
    /// See [`ReviewState::Judged`].
    Judged,
}

/// Why a review does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewMoveError {
    /// It is not in a state from which this is possible.
    #[error("the review is {0}")]
    WrongState(ReviewStateName),
    /// The person told what they did already.
    #[error("the account was filed already")]
    Twice,
    /// Somebody on the session, or on its incident, does not judge it.
    #[error("nobody judges a session that they were part of")]
    Involved,
    /// The signature is for something else.
    #[error("the signature does not cover this verdict")]
    OtherDecision,
}

use ReviewMoveError as Wrong;

impl Review {
    /// The review of a session whose word was just given; none in any other state, or of a grant that is no session or
    /// [goes on](Step) from one.
    #[must_use]
    pub fn opened(session: &Grant) -> Option<Self> {
        let GrantState::Activating(activation) = &session.state else { return None };
        let body = &session.body;
        if body.declaration.is_none() || session.goes_on() {
            return None;
        }
        Some(Self {
            session: body.id,
            digest: session.digest,
            person: body.holder.clone(),
            tenant: body.tenant.name(),
            role: body.role.name.clone(),
            incident: body.ticket.clone().unwrap_or_default(),
            approvers: session.approvers(),
            opened_at: activation.at,
            steps: Vec::new(),
            is_drill: session.is_drill(),
            state: ReviewState::Live,
            account: None,
            version: 0,
        })
    }

    /// Whether anything of it was opened by its holder's own touch.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.approvers.is_empty() || self.steps.iter().any(Step::is_alone)
    }

    /// The incident by its letters and digits alone: sessions of the same one are found however it was written.
    #[must_use]
    pub fn incident_key(&self) -> String {
        let letters = self.incident.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    }

    /// Whether somebody was part of the session, as far as it says itself.
    #[must_use]
    pub fn involves(&self, login: &Login) -> bool {
        let of_steps = || self.steps.iter().any(|step| step.approvers.contains(login));
        self.person == *login || self.approvers.contains(login) || of_steps()
    }

    /// Notes that the session is closed.
    pub fn close(
        self,
        closed_at: Timestamp,
        within: Duration,
        reviewer: Option<Login>,
    ) -> Result<Self, Wrong> {
        match self.state {
            ReviewState::Live => {
                Ok(self.moved(ReviewState::Open(Due::from(closed_at, within, reviewer))))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Asks somebody else to judge.
    pub fn assign(self, reviewer: Option<Login>) -> Result<Self, Wrong> {
        self.while_open(|due| Due { reviewer, ..due })
    }

    /// Notes that whoever owes something was reminded.
    pub fn remind(self, now: Timestamp) -> Result<Self, Wrong> {
        self.while_open(|due| Due { reminded_at: Some(now), ..due })
    }

    /// Notes that it is late, and that security was told.
    pub fn escalate(self, now: Timestamp) -> Result<Self, Wrong> {
        self.while_open(|due| Due { escalated_at: Some(now), ..due })
    }

    fn while_open(self, change: impl FnOnce(Due) -> Due) -> Result<Self, Wrong> {
        match &self.state {
            ReviewState::Open(due) => {
                let due = change(due.clone());
                Ok(self.moved(ReviewState::Open(due)))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Takes what the person says of their session, once; as soon as it is closed, however late.
    pub fn file(mut self, account: Account) -> Result<Self, Wrong> {
        if self.state == ReviewState::Live {
            return Err(self.wrong_state());
        }
        if self.account.is_some() {
            return Err(Wrong::Twice);
        }
        self.account = Some(account);
        let state = self.state.clone();
        Ok(self.moved(state))
    }

    /// Ends it by a verdict on the case with that digest.
    pub fn judge(self, signed: SignedDecision, case: Digest) -> Result<Self, Wrong> {
        let ReviewState::Open(due) = &self.state else { return Err(self.wrong_state()) };
        if self.involves(signed.person()) {
            return Err(Wrong::Involved);
        }
        let decision = signed.commitment.decision;
        if Verdict::of(decision).is_none() || !signed.covers(decision, case) {
            return Err(Wrong::OtherDecision);
        }
        let judged = ReviewState::Judged { due: due.clone(), signed: Box::new(signed) };
        Ok(self.moved(judged))
    }

    pub(super) fn moved(self, state: ReviewState) -> Self {
        Self { state, version: self.version + 1, ..self }
    }

    pub(super) fn wrong_state(&self) -> Wrong {
        Wrong::WrongState(self.state.name())
    }

    /// Whether the console could have made it: judged only by a verdict, of somebody who was no part of the session.
    #[must_use]
    pub fn is_as_it_can_be(&self) -> bool {
        match &self.state {
            ReviewState::Judged { signed, .. } => {
                Verdict::of(signed.commitment.decision).is_some() && !self.involves(signed.person())
            }
            ReviewState::Live | ReviewState::Open(_) => true,
        }
    }

    /// Whether the person owes what they found and did since before that moment.
    #[must_use]
    pub fn is_account_overdue(&self, now: Timestamp) -> bool {
        self.account.is_none() && self.state.due().is_some_and(|due| due.is_past(now))
    }
}

impl ReviewState {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> ReviewStateName {
        match self {
            Self::Live => ReviewStateName::Live,
            Self::Open(_) => ReviewStateName::Open,
            Self::Judged { .. } => ReviewStateName::Judged,
        }
    }

    /// What is due, or was.
    #[must_use]
    pub const fn due(&self) -> Option<&Due> {
        match self {
            Self::Live => None,
            Self::Open(due) | Self::Judged { due, .. } => Some(due),
        }
    }
}

impl ReviewStateName {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Live, Self::Open, Self::Judged];

    /// As the API and the database write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Open => "open",
            Self::Judged => "judged",
        }
    }
}

impl fmt::Display for ReviewStateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
