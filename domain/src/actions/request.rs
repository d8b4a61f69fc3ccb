//! A request: one action bound to one target, with reason, until a moment.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ActionKind, Change, Evictions, Parameters, PreviewReport, RequestState, Target, Tripped,
    parameters,
};
use crate::{
    access::Resource,
    approvals::{Decision, InvalidWords, SignedDecision, Words},
    canonical::{Digest, NotCanonical},
    ids::{GrantId, RequestId},
    names::Login,
    policy::{ActionSettings, GuardRail, PolicySnapshot, Tier},
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
    /// How.
    pub parameters: Parameters,
    /// The guard rails that it asks to be lifted.
    pub lifts: Vec<GuardRail>,
    /// What exactly is sent to the cluster, digested: whatever it is told from, nothing else is sent.
    pub change: Digest,
    /// Approvals it needs, by the policy in force when it was asked for.
    pub approvals_needed: u32,
    /// The break-glass session within which it was asked for: while that is live, no approval is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<GrantId>,
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

/// A request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What was asked for.
    pub body: RequestBody,
    /// What signatures commit to.
    pub digest: Digest,
    /// The pods that it takes away one by one, pinned when it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<Evictions>,
    /// What the requester saw.
    pub preview: PreviewReport,
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
    /// The guard rails that it asks to be lifted.
    pub lifts: Vec<GuardRail>,
    /// What would be sent to the cluster, digested.
    pub change: Digest,
    /// The pods that it would take away one by one.
    pub pinned: Option<Evictions>,
    /// The requester's break-glass session that is live there.
    pub session: Option<GrantId>,
    /// Who asks.
    pub requester: Login,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

/// Why a request cannot be asked for as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "field", content = "rule", rename_all = "snake_case")]
pub enum InvalidRequest {
    /// Reason or ticket are not as they must be.
    #[error(transparent)]
    Words(#[from] InvalidWords),
    /// The action has no such parameter.
    #[error("the action has no parameter {name:?}")]
    UnknownParameter {
        /// What was given.
        name: String,
    },
    /// A parameter that is needed was not given.
    #[error("the parameter {name:?} must be given")]
    ParameterMissing {
        /// The parameter.
        name: String,
    },
    /// A parameter is of another type or out of its bounds.
    #[error("the parameter {name:?} must be {rule}")]
    Parameter {
        /// The parameter.
        name: String,
        /// What it must be.
        rule: String,
    },
    /// The action is not done to that kind of object.
    #[error("the action is not done to a {kind}")]
    WrongKind {
        /// The kind.
        kind: String,
    },
    /// The target is as it would be made already.
    #[error("the target is so already")]
    NothingToChange,
    /// The action cannot be done to the target as it is.
    #[error("it cannot be done to the target as it is: {0}")]
    Unsuited(Unsuited),
    /// A guard rail stands against it.
    #[error("the guard rail {} stands against it", .0.rail)]
    GuardRail(Tripped),
    /// A guard rail is to be lifted that does not stand against it.
    #[error("the guard rail {0} does not stand against it")]
    NotTripped(GuardRail),
}

/// Why an action cannot be done to a target as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unsuited {
    /// Its rollout is paused: nothing would be rolled out.
    #[error("paused")]
    Paused,
    /// Its pods are replaced by hand only: nothing would be rolled out.
    #[error("replaced_by_hand")]
    ReplacedByHand,
    /// Its partition holds every pod back: nothing would be rolled out.
    #[error("held_by_partition")]
    HeldByPartition,
    /// A `StatefulSet` keeps it, whose next pod would need its name.
    #[error("kept_by_stateful_set")]
    KeptByStatefulSet,
    /// It is not isolated.
    #[error("not_isolated")]
    NotIsolated,
    /// It has ended already.
    #[error("ended")]
    Ended,
    /// It is suspended: nothing of it runs.
    #[error("suspended")]
    Suspended,
    /// The least would be above the most.
    #[error("least_above_most")]
    LeastAboveMost,
    /// More pods would go than one request takes away.
    #[error("too_many_pods")]
    TooManyPods,
    /// It keeps no pod of that name.
    #[error("no_such_pod")]
    NoSuchPod,
}

impl Request {
    /// Asks for an action: pending from now on, or approved where its tenant's tier asks for no approval.
    pub fn ask(
        new: NewRequest,
        settings: &ActionSettings,
        tier: Tier,
        preview: PreviewReport,
        now: Timestamp,
    ) -> Result<Self, InvalidRequest> {
        let words = Words::read(&new.reason, new.ticket.as_deref(), &settings.asking)?;
        check_form(new.action, &new.target, &new.parameters)?;
        let usual = usual_approvals(settings, tier, new.session);
        let approvals_needed = approvals_needed(usual, &preview.tripped, &new.lifts)?;
        let body = RequestBody {
            id: new.id,
            action: new.action,
            target: new.target,
            parameters: new.parameters,
            lifts: new.lifts,
            change: new.change,
            approvals_needed,
            session: new.session,
            requester: new.requester,
            reason: words.reason,
            ticket: words.ticket,
            created_at: now,
            expires_at: now.plus(settings.asking.request_ttl),
        };
        Ok(Self {
            digest: body.digest(),
            body,
            pinned: new.pinned,
            preview,
            approvals: Vec::new(),
            state: match approvals_needed {
                0 => RequestState::Approved { until: now.plus(settings.approval_ttl) },
                _ => RequestState::Pending,
            },
            version: 0,
        })
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

    /// Whether it is what was signed: its digest is that of its body, its pods are those that the body covers, and each
    /// approval is another person's on that digest. A record that somebody wrote past the console is seldom so.
    #[must_use]
    pub fn is_as_signed(&self) -> bool {
        let approvers: BTreeSet<_> = self.approvals.iter().map(SignedDecision::person).collect();
        let covered =
            self.approvals.iter().all(|approval| approval.covers(Decision::Approve, self.digest));
        self.body.digest() == self.digest
            && self.pins_what_was_signed()
            && covered
            && approvers.len() == self.approvals.len()
            && !approvers.contains(&self.body.requester)
    }

    fn pins_what_was_signed(&self) -> bool {
        let change = self.pinned.clone().map(Change::Evictions);
        change.is_none_or(|change| change.digest() == Ok(self.body.change))
    }

    /// Who approved it.
    #[must_use]
    pub fn approvers(&self) -> Vec<Login> {
        self.approvals.iter().map(|approval| approval.person().clone()).collect()
    }
}

/// Whether the action is done to such a target, and with such parameters.
pub(super) fn check_form(
    action: ActionKind,
    target: &Target,
    given: &Parameters,
) -> Result<(), InvalidRequest> {
    let declaration = action.declaration();
    if !declaration.targets().contains(&target.kind) {
        return Err(InvalidRequest::WrongKind { kind: target.kind.to_string() });
    }
    parameters::check(declaration.parameters(), given)
}

/// Approvals needed where no guard rail is to be lifted: none within a break-glass session.
pub(super) fn usual_approvals(
    settings: &ActionSettings,
    tier: Tier,
    session: Option<GrantId>,
) -> u32 {
    if session.is_some() { 0 } else { settings.asking.approvals_in(tier) }
}

/// Approvals needed where these guard rails stand against it and those are to be lifted.
pub(super) fn approvals_needed(
    at_least: u32,
    tripped: &[Tripped],
    lifts: &[GuardRail],
) -> Result<u32, InvalidRequest> {
    let needed = with_lifted(at_least, tripped, lifts)?;
    let stands = |rail: &GuardRail| tripped.iter().any(|tripped| tripped.rail == *rail);
    match lifts.iter().find(|rail| !stands(rail)) {
        Some(rail) => Err(InvalidRequest::NotTripped(*rail)),
        None => Ok(needed),
    }
}

/// At least so many approvals, and as many as what stands against it asks for to be lifted. What is not to be lifted, or
/// cannot be, stops it.
pub(super) fn with_lifted(
    at_least: u32,
    tripped: &[Tripped],
    lifts: &[GuardRail],
) -> Result<u32, InvalidRequest> {
    tripped.iter().try_fold(at_least, |needed, stands| match stands.lifted_by {
        Some(signatures) if lifts.contains(&stands.rail) => Ok(needed.max(signatures)),
        _ => Err(InvalidRequest::GuardRail(stands.clone())),
    })
}

impl RequestBody {
    /// SHA-256 over the canonical JSON of the body, marked `sekisho/request/v3`.
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
        Digest::of_canonical(&Versioned { r#type: "sekisho/request/v3", body: self })
    }
}
