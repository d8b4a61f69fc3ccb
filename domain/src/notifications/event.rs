//! What happened to a request or a break-glass session, as far as it is told outside the console.
//!
//! Made from what is changed and the entry that are committed, and kept with them; it is not changed by what happens later.
//! Holds no signature, no comment and no words of a cluster's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    actions::{Request, StateName},
    audit::{Entry, EntryOutcome},
    break_glass::Review,
    grants::{Grant, GrantStateName},
    ids::{GrantId, RequestId},
    names::{GrantableRoleName, Login},
    tenants::TenantName,
    time::Timestamp,
};

/// The kinds of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Somebody asked; it waits for approval.
    Requested,
    /// It was approved, and needs further approvals.
    PartlyApproved,
    /// It has the approvals it needs.
    Approved,
    /// An approver said no.
    Denied,
    /// It was taken back.
    Withdrawn,
    /// Its time ran out.
    Expired,
    /// Its target is no longer what was asked about.
    Void,
    /// The requester gave the word.
    Intended,
    /// It came about.
    Succeeded,
    /// It did not.
    Failed,
    /// Nobody saw how it ended.
    Unknown,
    /// Somebody declared an emergency: it may be approved, or opened alone.
    BreakGlassDeclared,
    /// Its session was opened.
    BreakGlassOpened,
    /// It was never opened, and cannot be any more.
    BreakGlassDropped,
    /// Its session closed.
    BreakGlassClosed,
    /// Account and review of a session are due.
    ReviewDue,
    /// They are due still, and half of the time is over.
    ReviewReminded,
    /// They are late.
    ReviewEscalated,
    /// Somebody judged a session.
    ReviewJudged,
}

use EventKind as Kind;

/// What is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A request.
    Request(RequestId),
    /// A break-glass session, or its review.
    Session(GrantId),
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::Requested,
        Self::PartlyApproved,
        Self::Approved,
        Self::Denied,
        Self::Withdrawn,
        Self::Expired,
        Self::Void,
        Self::Intended,
        Self::Succeeded,
        Self::Failed,
        Self::Unknown,
        Self::BreakGlassDeclared,
        Self::BreakGlassOpened,
        Self::BreakGlassDropped,
        Self::BreakGlassClosed,
        Self::ReviewDue,
        Self::ReviewReminded,
        Self::ReviewEscalated,
        Self::ReviewJudged,
    ];

    /// As the policy repository, the API and payloads write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::PartlyApproved => "partly-approved",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Void => "void",
            Self::Intended => "intended",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::BreakGlassDeclared => "break-glass-declared",
            Self::BreakGlassOpened => "break-glass-opened",
            Self::BreakGlassDropped => "break-glass-dropped",
            Self::BreakGlassClosed => "break-glass-closed",
            Self::ReviewDue => "review-due",
            Self::ReviewReminded => "review-reminded",
            Self::ReviewEscalated => "review-escalated",
            Self::ReviewJudged => "review-judged",
        }
    }

    /// Whether after it somebody may be waited for.
    #[must_use]
    pub const fn begins_waiting(self) -> bool {
        matches!(self, Self::Requested | Self::BreakGlassDeclared | Self::BreakGlassOpened)
    }

    /// Whether after it nobody is waited for any more.
    #[must_use]
    pub const fn ends_waiting(self) -> bool {
        matches!(
            self,
            Self::Approved
                | Self::Denied
                | Self::Withdrawn
                | Self::Expired
                | Self::Void
                | Self::BreakGlassDropped
                | Self::BreakGlassClosed
        )
    }

    /// Whether it tells of a review.
    #[must_use]
    pub const fn is_of_review(self) -> bool {
        matches!(
            self,
            Self::ReviewDue | Self::ReviewReminded | Self::ReviewEscalated | Self::ReviewJudged
        )
    }

    /// Whether it asks somebody to approve.
    #[must_use]
    pub const fn asks_for_approval(self) -> bool {
        matches!(self, Self::Requested | Self::PartlyApproved | Self::BreakGlassDeclared)
    }

    /// What an entry about a request in that state tells of; nothing where it is not worth telling.
    const fn of(outcome: EntryOutcome, state: StateName) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Requested => Kind::Requested,
            EntryOutcome::Approved => match state {
                StateName::Pending => Kind::PartlyApproved,
                _ => Kind::Approved,
            },
            EntryOutcome::Denied => Kind::Denied,
            EntryOutcome::Withdrawn => Kind::Withdrawn,
            EntryOutcome::Expired => Kind::Expired,
            EntryOutcome::Void => Kind::Void,
            EntryOutcome::Intended => Kind::Intended,
            EntryOutcome::Succeeded => Kind::Succeeded,
            EntryOutcome::Failed => Kind::Failed,
            EntryOutcome::Unknown => Kind::Unknown,
            EntryOutcome::Accepted
            | EntryOutcome::Given
            | EntryOutcome::Ending
            | EntryOutcome::Ended
            | EntryOutcome::Unexplained
            | EntryOutcome::Removed
            | EntryOutcome::Refused
            | EntryOutcome::WaveIntended
            | EntryOutcome::WaveAnswered
            | EntryOutcome::Stopped
            | EntryOutcome::Opened
            | EntryOutcome::Due
            | EntryOutcome::Assigned
            | EntryOutcome::Reminded
            | EntryOutcome::Escalated
            | EntryOutcome::Accounted
            | EntryOutcome::Judged => return None,
        })
    }

    /// What an entry about a break-glass session in that state tells of.
    const fn of_session(outcome: EntryOutcome, state: GrantStateName) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Requested => Kind::BreakGlassDeclared,
            EntryOutcome::Opened => Kind::BreakGlassOpened,
            EntryOutcome::Approved if matches!(state, GrantStateName::Activating) => {
                Kind::BreakGlassOpened
            }
            EntryOutcome::Denied
            | EntryOutcome::Withdrawn
            | EntryOutcome::Expired
            | EntryOutcome::Void => Kind::BreakGlassDropped,
            EntryOutcome::Ending => Kind::BreakGlassClosed,
            _ => return None,
        })
    }

    /// What an entry about the review of one tells of.
    const fn of_review(outcome: EntryOutcome) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Due | EntryOutcome::Assigned => Kind::ReviewDue,
            EntryOutcome::Reminded => Kind::ReviewReminded,
            EntryOutcome::Escalated => Kind::ReviewEscalated,
            EntryOutcome::Judged => Kind::ReviewJudged,
            _ => return None,
        })
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no event of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no event {0:?}")]
pub struct UnknownEvent(pub String);

impl FromStr for EventKind {
    type Err = UnknownEvent;

    fn from_str(text: &str) -> Result<Self, UnknownEvent> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnknownEvent(text.chars().take(80).collect()))
    }
}

/// The object that a request is about, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetName {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// What happened to a request or a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The place of the entry that tells of it; later events about the same have higher ones.
    pub entry: u64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Who did it; absent for what happens by itself.
    pub actor: Option<Login>,
    /// To what.
    #[serde(flatten)]
    pub about: About,
    /// What is asked for, by the action's name.
    pub action: String,
    /// Where.
    pub tenant: TenantName,
    /// To what.
    pub target: TargetName,
    /// Who asked, or broke glass.
    pub requester: Login,
    /// Who is asked to judge, where a review is told of and somebody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Login>,
    /// Why, in their words.
    pub reason: String,
    /// Where that is written down, in their words.
    pub ticket: Option<String>,
    /// Approvals it has.
    pub approvals: usize,
    /// Approvals it needs.
    pub approvals_needed: u32,
    /// Until when it may be approved; when a session that is open ends, when a review is due.
    pub expires_at: Timestamp,
}

impl Event {
    /// What is to be told about a request as it is committed, with this entry.
    #[must_use]
    pub fn of(request: &Request, entry: &Entry) -> Option<Self> {
        let body = &request.body;
        Some(Self {
            entry: entry.sequence,
            kind: EventKind::of(entry.outcome, request.state.name())?,
            at: entry.at,
            actor: entry.actor.clone(),
            about: About::Request(body.id),
            action: body.action.to_string(),
            tenant: body.target.tenant(),
            target: TargetName {
                kind: body.target.kind.to_string(),
                name: body.target.name.to_string(),
            },
            requester: body.requester.clone(),
            reviewer: None,
            reason: body.reason.clone(),
            ticket: body.ticket.clone(),
            approvals: request.approvals.len(),
            approvals_needed: request.body.approvals_needed,
            expires_at: body.expires_at,
        })
    }

    /// What is to be told about a break-glass session as it is committed, with this entry; nothing about other grants.
    #[must_use]
    pub fn of_session(session: &Grant, entry: &Entry) -> Option<Self> {
        let body = &session.body;
        body.declaration.as_ref()?;
        Some(Self {
            entry: entry.sequence,
            kind: EventKind::of_session(entry.outcome, session.state.name())?,
            at: entry.at,
            actor: entry.actor.clone(),
            about: About::Session(body.id),
            action: called(session.is_drill()),
            tenant: body.tenant.name(),
            target: TargetName::role(&body.role.name),
            requester: body.holder.clone(),
            reviewer: None,
            reason: body.reason.clone(),
            ticket: body.ticket.clone(),
            approvals: session.approvals.len(),
            approvals_needed: body.approvals_needed,
            expires_at: session.ends_at().unwrap_or(body.expires_at),
        })
    }

    /// What is to be told about the review of one as it is committed, with this entry.
    #[must_use]
    pub fn of_review(review: &Review, entry: &Entry) -> Option<Self> {
        let due = review.state.due()?;
        Some(Self {
            entry: entry.sequence,
            kind: EventKind::of_review(entry.outcome)?,
            at: entry.at,
            actor: entry.actor.clone(),
            about: About::Session(review.session),
            action: called(review.is_drill),
            tenant: review.tenant.clone(),
            target: TargetName::role(&review.role),
            requester: review.person.clone(),
            reviewer: due.reviewer.clone(),
            reason: review.incident.clone(),
            ticket: None,
            approvals: review.approvers.len(),
            approvals_needed: 0,
            expires_at: due.due_at,
        })
    }

    /// Whether from now on somebody is to come: to approve, or to see what is done alone.
    #[must_use]
    pub const fn begins_waiting(&self) -> bool {
        let needs_nobody = matches!(self.kind, EventKind::Requested) && self.approvals_needed == 0;
        self.kind.begins_waiting() && !needs_nobody
    }
}

/// What the action of a session's events is called. Whoever is paged by a drill reads that it is one.
fn called(is_drill: bool) -> String {
    if is_drill { "break-glass drill" } else { "break-glass" }.to_owned()
}

impl TargetName {
    fn role(name: &GrantableRoleName) -> Self {
        Self { kind: "Role".to_owned(), name: name.to_string() }
    }
}

impl About {
    /// What tells it from everything else.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Request(id) => id.uuid(),
            Self::Session(id) => id.uuid(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert!("refused".parse::<EventKind>().is_err());
    }

    #[test]
    fn an_approval_of_several_is_told_as_what_it_is() {
        let told = |state| EventKind::of(EntryOutcome::Approved, state);
        assert_eq!(told(StateName::Pending), Some(EventKind::PartlyApproved));
        assert_eq!(told(StateName::Approved), Some(EventKind::Approved));
    }

    #[test]
    fn what_changes_nothing_for_people_is_not_told() {
        assert_eq!(EventKind::of(EntryOutcome::Accepted, StateName::Executing), None);
        assert_eq!(EventKind::of(EntryOutcome::Refused, StateName::Pending), None);
    }
}
