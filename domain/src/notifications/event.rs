//! What happened to a request, a temporary role, a break-glass session or a recovery, as far as it is told outside the console.
//!
//! Made from what is changed and the entry that are committed, and kept with them; it is not changed by what happens later.
//! Holds no signature, no comment and no words of a cluster's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::EventKind;
use crate::{
    actions::Request,
    audit::Entry,
    break_glass::Review,
    grants::Grant,
    ids::{GrantId, RecoveryId, RequestId},
    names::{GrantableRoleName, Login},
    recovery::Recovery,
    tenants::TenantName,
    time::Timestamp,
};

/// What is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A request.
    Request(RequestId),
    /// A role for a time.
    Grant(GrantId),
    /// A break-glass session, or its review.
    Session(GrantId),
    /// A recovery, or its review.
    Recovery(RecoveryId),
}

/// The object that a request is about, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetName {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// What happened to a request, a session or a person.
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
    /// Where; nowhere, where somebody is recovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<TenantName>,
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
            tenant: Some(body.target.tenant()),
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

    /// What is to be told about a role for a time, or a break-glass session, as it is committed, with this entry.
    #[must_use]
    pub fn of_grant(grant: &Grant, entry: &Entry) -> Option<Self> {
        let (body, state) = (&grant.body, grant.state.name());
        let (kind, about, action) = match body.declaration {
            None => {
                (EventKind::of_role(entry.outcome, state)?, About::Grant(body.id), ROLE.to_owned())
            }
            Some(_) => (
                EventKind::of_session(entry.outcome, state)?,
                About::Session(body.id),
                called(grant.is_drill()),
            ),
        };
        Some(Self {
            entry: entry.sequence,
            kind,
            at: entry.at,
            actor: entry.actor.clone(),
            about,
            action,
            tenant: Some(body.tenant.name()),
            target: TargetName::role(&body.role.name),
            requester: body.holder.clone(),
            reviewer: None,
            reason: body.reason.clone(),
            ticket: body.ticket.clone(),
            approvals: grant.approvals.len(),
            approvals_needed: body.approvals_needed,
            expires_at: grant.ends_at().unwrap_or(body.expires_at),
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
            tenant: Some(review.tenant.clone()),
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

    /// What is to be told about a recovery as it is committed, with this entry.
    #[must_use]
    pub fn of_recovery(recovery: &Recovery, entry: &Entry) -> Option<Self> {
        let (body, due) = (&recovery.body, recovery.state.due());
        let due_at = due.map(|due| due.due_at);
        Some(Self {
            entry: entry.sequence,
            kind: EventKind::of_recovery(entry.outcome)?,
            at: entry.at,
            actor: entry.actor.clone(),
            about: About::Recovery(body.id),
            action: RECOVERY.to_owned(),
            tenant: None,
            target: TargetName { kind: "Person".to_owned(), name: body.person.to_string() },
            requester: body.asked_by.clone(),
            reviewer: due.and_then(|due| due.reviewer.clone()),
            reason: body.reason.clone(),
            ticket: None,
            approvals: recovery.signatures().len(),
            approvals_needed: 2,
            expires_at: due_at.or(recovery.ends_at()).unwrap_or(body.expires_at),
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
/// What the action of the events of a role for a time is called.
const ROLE: &str = "grant";
/// What the action of a recovery's events is called.
const RECOVERY: &str = "recovery";

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
            Self::Grant(id) | Self::Session(id) => id.uuid(),
            Self::Recovery(id) => id.uuid(),
        }
    }
}
