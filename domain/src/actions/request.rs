//! A request: one action bound to one target, with reason, until a moment.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ActionKind, Effect, PreviewReport, RequestState, Target};
use crate::{
    access::Resource,
    approvals::{Decision, SignedDecision},
    canonical::{Digest, NotCanonical},
    ids::RequestId,
    names::Login,
    policy::{ActionSettings, PolicySnapshot, TicketRule},
    time::Timestamp,
};

/// The part of a request that never changes: what its digest covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestBody {
    /// Its identifier.
    pub id: RequestId,
    /// What is to be done.
    pub action: ActionKind,
    /// To what.
    pub target: Target,
    /// How; `restart-pod` has no parameters.
    pub parameters: Parameters,
    /// Who asks.
    pub requester: Login,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it may be approved.
    pub expires_at: Timestamp,
}

/// The parameters of an action, by name.
pub type Parameters = serde_json::Map<String, serde_json::Value>;

/// A request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What was asked for.
    pub body: RequestBody,
    /// What signatures commit to.
    pub digest: Digest,
    /// What the requester saw.
    pub preview: PreviewReport,
    /// Approvals it needs, by the policy in force when it was asked for.
    pub approvals_needed: u32,
    /// Approvals it has.
    pub approvals: Vec<SignedDecision>,
    /// Where it stands.
    pub state: RequestState,
    /// How often it changed; each change names the one it builds on.
    pub version: u64,
}

/// What a person writes to ask for an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// Its identifier.
    pub id: RequestId,
    /// What is to be done.
    pub action: ActionKind,
    /// To what.
    pub target: Target,
    /// How.
    pub parameters: Parameters,
    /// Who asks.
    pub requester: Login,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

/// The longest reason, in characters.
pub const REASON_MAX: usize = 1000;
/// The longest ticket, in characters.
pub const TICKET_MAX: usize = 200;

/// Why a request cannot be asked for as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "field", content = "rule", rename_all = "snake_case")]
pub enum InvalidRequest {
    /// A reason must be given.
    #[error("a reason must be given")]
    ReasonMissing,
    /// The reason is too long.
    #[error("the reason is longer than {REASON_MAX} characters")]
    ReasonTooLong,
    /// A ticket must be named.
    #[error("a ticket must be named")]
    TicketMissing,
    /// The ticket is too long.
    #[error("the ticket is longer than {TICKET_MAX} characters")]
    TicketTooLong,
    /// The action has no such parameter.
    #[error("the action has no parameter {0:?}")]
    UnknownParameter(String),
    /// The action is not done to that kind of object.
    #[error("the action is not done to a {0}")]
    WrongKind(String),
}

impl Request {
    /// Asks for an action: pending from now on.
    pub fn ask(
        new: NewRequest,
        settings: &ActionSettings,
        preview: PreviewReport,
        now: Timestamp,
    ) -> Result<Self, InvalidRequest> {
        let reason = new.reason.trim().to_owned();
        let ticket =
            new.ticket.map(|ticket| ticket.trim().to_owned()).filter(|ticket| !ticket.is_empty());
        check_words(&reason, ticket.as_deref(), settings)?;
        if let Some(name) = new.parameters.keys().next() {
            return Err(InvalidRequest::UnknownParameter(name.chars().take(80).collect()));
        }
        if new.target.kind != new.action.target_kind() {
            return Err(InvalidRequest::WrongKind(new.target.kind.to_string()));
        }
        let body = RequestBody {
            id: new.id,
            action: new.action,
            target: new.target,
            parameters: new.parameters,
            requester: new.requester,
            reason,
            ticket,
            created_at: now,
            expires_at: now.plus(settings.request_ttl),
        };
        Ok(Self {
            digest: body.digest(),
            body,
            preview,
            approvals_needed: settings.approvals,
            approvals: Vec::new(),
            state: match settings.approvals {
                0 => RequestState::Approved { until: now.plus(settings.approval_ttl) },
                _ => RequestState::Pending,
            },
            version: 0,
        })
    }

    /// What it would do to the cluster.
    #[must_use]
    pub fn effect(&self) -> Effect {
        Effect::of(self.body.action, &self.body.target)
    }

    /// What the rules are asked about.
    #[must_use]
    pub fn as_resource(&self, policy: &PolicySnapshot) -> Resource {
        let tenant = self.body.target.tenant();
        Resource::Request {
            requester: self.body.requester.clone(),
            owners: policy.policy.ownership.owners(&tenant),
            tenant,
        }
    }

    /// Whether it is what was signed: its digest is that of its body, and each approval is another person's on that
    /// digest. A record that somebody wrote past the console is seldom so.
    #[must_use]
    pub fn is_as_signed(&self) -> bool {
        let approvers: BTreeSet<_> = self.approvals.iter().map(SignedDecision::person).collect();
        let covered =
            self.approvals.iter().all(|approval| approval.covers(Decision::Approve, self.digest));
        self.body.digest() == self.digest
            && covered
            && approvers.len() == self.approvals.len()
            && !approvers.contains(&self.body.requester)
    }

    /// Who approved it.
    #[must_use]
    pub fn approvers(&self) -> Vec<Login> {
        self.approvals.iter().map(|approval| approval.person().clone()).collect()
    }
}

fn check_words(
    reason: &str,
    ticket: Option<&str>,
    settings: &ActionSettings,
) -> Result<(), InvalidRequest> {
    match reason.chars().count() {
        0 => return Err(InvalidRequest::ReasonMissing),
        n if n > REASON_MAX => return Err(InvalidRequest::ReasonTooLong),
        _ => {}
    }
    match ticket {
        None if settings.ticket == TicketRule::Required => Err(InvalidRequest::TicketMissing),
        Some(ticket) if ticket.chars().count() > TICKET_MAX => Err(InvalidRequest::TicketTooLong),
        _ => Ok(()),
    }
}

impl RequestBody {
    /// SHA-256 over the canonical JSON of the body, marked `sekisho/request/v1`.
    ///
    /// # Panics
    /// Never: a body holds no floats, as parameters are checked to be none or without them.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.try_digest().expect("a request body holds no floats")
    }

    fn try_digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            body: &'a RequestBody,
        }
        Digest::of_canonical(&Versioned { r#type: "sekisho/request/v1", body: self })
    }
}
