//! What happened to a request, as far as it is told outside the console.
//!
//! Made from the request and the entry that are committed, and kept with them; it is not changed by what happens later.
//! Holds no signature, no comment and no words of a cluster's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    actions::{Request, StateName},
    audit::{Entry, EntryOutcome},
    ids::RequestId,
    names::Login,
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
}

use EventKind as Kind;

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
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
        }
    }

    /// Whether after it nobody is waited for any more to approve.
    #[must_use]
    pub const fn ends_waiting(self) -> bool {
        matches!(self, Self::Approved | Self::Denied | Self::Withdrawn | Self::Expired | Self::Void)
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
            | EntryOutcome::Stopped => return None,
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

/// What happened to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The place of the entry that tells of it; later events of a request have higher ones.
    pub entry: u64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Who did it; absent for what happens by itself.
    pub actor: Option<Login>,
    /// To which request.
    pub request: RequestId,
    /// What it asks for, by the action's name.
    pub action: String,
    /// Where.
    pub tenant: TenantName,
    /// To what.
    pub target: TargetName,
    /// Who asked.
    pub requester: Login,
    /// Why, in their words.
    pub reason: String,
    /// Where that is written down, in their words.
    pub ticket: Option<String>,
    /// Approvals it has.
    pub approvals: usize,
    /// Approvals it needs.
    pub approvals_needed: u32,
    /// Until when it may be approved.
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
            request: body.id,
            action: body.action.to_string(),
            tenant: body.target.tenant(),
            target: TargetName {
                kind: body.target.kind.to_string(),
                name: body.target.name.to_string(),
            },
            requester: body.requester.clone(),
            reason: body.reason.clone(),
            ticket: body.ticket.clone(),
            approvals: request.approvals.len(),
            approvals_needed: request.body.approvals_needed,
            expires_at: body.expires_at,
        })
    }

    /// Whether from now on somebody is waited for to approve.
    #[must_use]
    pub const fn begins_waiting(&self) -> bool {
        matches!(self.kind, EventKind::Requested) && self.approvals_needed > 0
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
