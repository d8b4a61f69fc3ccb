//! The kinds of event that are told outside the console, and which of them an entry is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{actions::StateName, audit::EntryOutcome, grants::GrantStateName};

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
    /// A role for a time has the approvals it needs, and begins.
    RoleApproved,
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
    /// Somebody asked that a person is recovered: it waits for two signatures.
    RecoveryAsked,
    /// Nobody was let in by it, and nobody can be any more.
    RecoveryDropped,
    /// The person came in again by it: a verdict is due.
    RecoveryEnrolled,
    /// Half of the time for the verdict is over.
    RecoveryReminded,
    /// The verdict is late.
    RecoveryEscalated,
    /// Somebody judged a recovery.
    RecoveryJudged,
}

use EventKind as Kind;

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 26] = [
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
        Self::RoleApproved,
        Self::BreakGlassDeclared,
        Self::BreakGlassOpened,
        Self::BreakGlassDropped,
        Self::BreakGlassClosed,
        Self::ReviewDue,
        Self::ReviewReminded,
        Self::ReviewEscalated,
        Self::ReviewJudged,
        Self::RecoveryAsked,
        Self::RecoveryDropped,
        Self::RecoveryEnrolled,
        Self::RecoveryReminded,
        Self::RecoveryEscalated,
        Self::RecoveryJudged,
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
            Self::RoleApproved => "role-approved",
            Self::BreakGlassDeclared => "break-glass-declared",
            Self::BreakGlassOpened => "break-glass-opened",
            Self::BreakGlassDropped => "break-glass-dropped",
            Self::BreakGlassClosed => "break-glass-closed",
            Self::ReviewDue => "review-due",
            Self::ReviewReminded => "review-reminded",
            Self::ReviewEscalated => "review-escalated",
            Self::ReviewJudged => "review-judged",
            Self::RecoveryAsked => "recovery-asked",
            Self::RecoveryDropped => "recovery-dropped",
            Self::RecoveryEnrolled => "recovery-enrolled",
            Self::RecoveryReminded => "recovery-reminded",
            Self::RecoveryEscalated => "recovery-escalated",
            Self::RecoveryJudged => "recovery-judged",
        }
    }

    /// Whether after it somebody may be waited for.
    #[must_use]
    pub const fn begins_waiting(self) -> bool {
        matches!(
            self,
            Self::Requested
                | Self::BreakGlassDeclared
                | Self::BreakGlassOpened
                | Self::RecoveryAsked
                | Self::RecoveryEnrolled
        )
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
                | Self::RoleApproved
                | Self::BreakGlassDropped
                | Self::BreakGlassClosed
                | Self::RecoveryDropped
                | Self::RecoveryJudged
        )
    }

    /// Whether it tells of somebody who is recovered: of a person, and of no tenant.
    #[must_use]
    pub const fn is_of_recovery(self) -> bool {
        matches!(
            self,
            Self::RecoveryAsked
                | Self::RecoveryDropped
                | Self::RecoveryEnrolled
                | Self::RecoveryReminded
                | Self::RecoveryEscalated
                | Self::RecoveryJudged
        )
    }

    /// Whether it tells of the review of a session.
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
        matches!(
            self,
            Self::Requested | Self::PartlyApproved | Self::BreakGlassDeclared | Self::RecoveryAsked
        )
    }

    /// What an entry about a request in that state tells of; nothing where it is not worth telling.
    pub(super) const fn of(outcome: EntryOutcome, state: StateName) -> Option<Self> {
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
            | EntryOutcome::Linked
            | EntryOutcome::Enrolled
            | EntryOutcome::Judged => return None,
        })
    }

    /// What an entry about a role for a time in that state tells of: what becomes of it before it is given, as of a request.
    pub(super) const fn of_role(outcome: EntryOutcome, state: GrantStateName) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Requested => Kind::Requested,
            EntryOutcome::Approved => match state {
                GrantStateName::Pending => Kind::PartlyApproved,
                _ => Kind::RoleApproved,
            },
            EntryOutcome::Denied => Kind::Denied,
            EntryOutcome::Withdrawn => Kind::Withdrawn,
            EntryOutcome::Expired => Kind::Expired,
            EntryOutcome::Void => Kind::Void,
            _ => return None,
        })
    }

    /// What an entry about a break-glass session in that state tells of.
    pub(super) const fn of_session(outcome: EntryOutcome, state: GrantStateName) -> Option<Self> {
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
    pub(super) const fn of_review(outcome: EntryOutcome) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Due | EntryOutcome::Assigned => Kind::ReviewDue,
            EntryOutcome::Reminded => Kind::ReviewReminded,
            EntryOutcome::Escalated => Kind::ReviewEscalated,
            EntryOutcome::Judged => Kind::ReviewJudged,
            _ => return None,
        })
    }

    /// What an entry about a recovery tells of.
    pub(super) const fn of_recovery(outcome: EntryOutcome) -> Option<Self> {
        Some(match outcome {
            EntryOutcome::Requested => Kind::RecoveryAsked,
            EntryOutcome::Denied | EntryOutcome::Withdrawn | EntryOutcome::Expired => {
                Kind::RecoveryDropped
            }
            EntryOutcome::Enrolled => Kind::RecoveryEnrolled,
            EntryOutcome::Reminded => Kind::RecoveryReminded,
            EntryOutcome::Escalated => Kind::RecoveryEscalated,
            EntryOutcome::Judged => Kind::RecoveryJudged,
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
