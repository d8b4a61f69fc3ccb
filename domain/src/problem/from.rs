//! What becomes of the errors of each part: a code, and the facts that a message needs.

use super::{Problem, ProblemCode};
use crate::{
    access::Refusal,
    actions::{CommitError, InvalidRequest, TransitionError},
    approvals::InvalidWords,
    break_glass::{InvalidDeclaration, ReviewMoveError},
    canonical::NotCanonical,
    grants::{GrantMoveError, InvalidGrant, SHORTEST},
    identity::{EnrolError, PasskeyError, RelyingPartyError, SignInError},
    policy::PutInForceError,
    recovery::{Part, RecoveryMoveError},
    resources::ClusterError,
    store::StoreError,
};

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rules { act, by } => {
                let rule =
                    if by.is_empty() { "nothing-allows-it".to_owned() } else { by.join(", ") };
                Self::from(ProblemCode::Refused).with("act", act).with("rule", rule)
            }
            Refusal::NoClusterUser { cluster } => {
                Self::from(ProblemCode::NoClusterUser).with("cluster", cluster)
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => ProblemCode::DatabaseUnavailable.into(),
            StoreError::InDoubt(_) => {
                Self::from(ProblemCode::DatabaseUnavailable).with("committed", "unknown")
            }
            StoreError::BadCursor => Self::malformed("cursor", error),
            StoreError::Corrupt(_) => ProblemCode::Internal.into(),
        }
    }
}

impl From<ClusterError> for Problem {
    fn from(error: ClusterError) -> Self {
        match error {
            ClusterError::NotFound => ProblemCode::NotVisible.into(),
            ClusterError::Refused { message } => {
                Self::from(ProblemCode::ClusterRefused).with("message", message)
            }
            ClusterError::Busy
            | ClusterError::Unreachable { .. }
            | ClusterError::Unexpected { .. } => {
                Self::from(ProblemCode::ClusterUnavailable).with("message", error)
            }
        }
    }
}

impl From<InvalidRequest> for Problem {
    fn from(error: InvalidRequest) -> Self {
        match &error {
            InvalidRequest::Words(words) => words.clone().into(),
            InvalidRequest::UnknownParameter { name } => {
                Self::from(ProblemCode::UnknownParameter).with("name", name)
            }
            InvalidRequest::ParameterMissing { name } => {
                Self::from(ProblemCode::ParameterMissing).with("name", name)
            }
            InvalidRequest::Parameter { name, rule } => {
                Self::from(ProblemCode::ParameterInvalid).with("name", name).with("rule", rule)
            }
            InvalidRequest::WrongKind { kind } => {
                Self::from(ProblemCode::WrongKind).with("kind", kind)
            }
            InvalidRequest::NothingToChange => ProblemCode::NothingToChange.into(),
            InvalidRequest::Unsuited(why) => Self::from(ProblemCode::Unsuited).with("why", why),
            InvalidRequest::GuardRail(tripped) => {
                let problem = Self::from(ProblemCode::GuardRail)
                    .with("rail", tripped.rail)
                    .with("limit", &tripped.limit)
                    .with("found", &tripped.found);
                match tripped.lifted_by {
                    Some(signatures) => problem.with("lifted_by", signatures),
                    None => problem,
                }
            }
            InvalidRequest::NotTripped(rail) => {
                Self::from(ProblemCode::NotTripped).with("rail", rail)
            }
        }
    }
}

impl From<InvalidWords> for Problem {
    fn from(error: InvalidWords) -> Self {
        match error {
            InvalidWords::ReasonMissing => ProblemCode::ReasonMissing.into(),
            InvalidWords::ReasonTooLong => ProblemCode::ReasonTooLong.into(),
            InvalidWords::TicketMissing => ProblemCode::TicketMissing.into(),
            InvalidWords::TicketTooLong => ProblemCode::TicketTooLong.into(),
            InvalidWords::TicketOdd { pattern } => {
                Self::from(ProblemCode::TicketOdd).with("pattern", pattern)
            }
        }
    }
}

impl From<InvalidGrant> for Problem {
    fn from(error: InvalidGrant) -> Self {
        match error {
            InvalidGrant::Words(words) => words.into(),
            InvalidGrant::Ttl { longest } => Self::from(ProblemCode::TtlOutOfBounds)
                .with("shortest_seconds", SHORTEST.as_secs())
                .with("longest_seconds", longest.as_secs()),
            InvalidGrant::Role(never) => Self::from(ProblemCode::RoleUnfit).with("why", never),
        }
    }
}

impl From<InvalidDeclaration> for Problem {
    fn from(error: InvalidDeclaration) -> Self {
        let field = match error {
            InvalidDeclaration::Grant(error) => return error.into(),
            InvalidDeclaration::Words(error) => return error.into(),
            InvalidDeclaration::Intent => "intent",
            InvalidDeclaration::Incident => "incident",
        };
        Self::malformed(field, error)
    }
}

impl From<ReviewMoveError> for Problem {
    fn from(error: ReviewMoveError) -> Self {
        match error {
            ReviewMoveError::WrongState(state) => {
                Self::from(ProblemCode::WrongState).with("state", state)
            }
            ReviewMoveError::Twice => ProblemCode::DecidedTwice.into(),
            ReviewMoveError::Involved => ProblemCode::Involved.into(),
            ReviewMoveError::OtherDecision => ProblemCode::OtherDecision.into(),
        }
    }
}

impl From<RecoveryMoveError> for Problem {
    fn from(error: RecoveryMoveError) -> Self {
        match error {
            RecoveryMoveError::WrongState(state) => {
                Self::from(ProblemCode::WrongState).with("state", state)
            }
            RecoveryMoveError::Expired => ProblemCode::RequestExpired.into(),
            RecoveryMoveError::Own => ProblemCode::OwnRequest.into(),
            RecoveryMoveError::Twice => ProblemCode::DecidedTwice.into(),
            RecoveryMoveError::OtherPart(missing) => {
                Self::from(ProblemCode::OtherApproverNeeded).with("from", Part::list(&missing))
            }
            RecoveryMoveError::OtherDecision => ProblemCode::OtherDecision.into(),
            RecoveryMoveError::Involved => ProblemCode::Involved.into(),
            RecoveryMoveError::TooEarly => ProblemCode::Conflict.into(),
        }
    }
}

impl From<GrantMoveError> for Problem {
    fn from(error: GrantMoveError) -> Self {
        match error {
            GrantMoveError::WrongState(state) => {
                Self::from(ProblemCode::WrongState).with("state", state)
            }
            GrantMoveError::Expired => ProblemCode::RequestExpired.into(),
            GrantMoveError::OwnGrant => ProblemCode::OwnRequest.into(),
            GrantMoveError::Twice => ProblemCode::DecidedTwice.into(),
            GrantMoveError::OtherDecision => ProblemCode::OtherDecision.into(),
            GrantMoveError::TooEarly => ProblemCode::Conflict.into(),
            GrantMoveError::NoSession | GrantMoveError::NotHolder => {
                ProblemCode::NotRequester.into()
            }
            GrantMoveError::Patience => ProblemCode::Patience.into(),
        }
    }
}

impl From<NotCanonical> for Problem {
    fn from(_: NotCanonical) -> Self {
        ProblemCode::Internal.into()
    }
}

impl From<TransitionError> for Problem {
    fn from(error: TransitionError) -> Self {
        match error {
            TransitionError::WrongState { state } => {
                Self::from(ProblemCode::WrongState).with("state", state.as_str())
            }
            TransitionError::Expired => ProblemCode::RequestExpired.into(),
            TransitionError::OwnRequest => ProblemCode::OwnRequest.into(),
            TransitionError::Twice => ProblemCode::DecidedTwice.into(),
            TransitionError::NotRequester => ProblemCode::NotRequester.into(),
            TransitionError::OtherDecision => ProblemCode::OtherDecision.into(),
        }
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict | CommitError::Overtaken => ProblemCode::Conflict.into(),
            CommitError::TargetBusy => ProblemCode::TargetBusy.into(),
            CommitError::NonceSpent => ProblemCode::SignatureSpent.into(),
            CommitError::Locked => ProblemCode::Locked.into(),
            CommitError::ApproverLocked => ProblemCode::ApprovalLapsed.into(),
            CommitError::PolicyMoved => ProblemCode::PolicyMoved.into(),
            CommitError::AloneClosed(why) => {
                Self::from(ProblemCode::SoloClosed).with("why", why.as_str())
            }
            CommitError::SessionOver => ProblemCode::SessionOver.into(),
            CommitError::RecoveredLately { until } => {
                Self::from(ProblemCode::RecoveredLately).with("until", until)
            }
            CommitError::Store(error) => error.into(),
        }
    }
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::LinkInvalid => ProblemCode::LinkInvalid.into(),
            EnrolError::AlreadyEnrolled => ProblemCode::AlreadyEnrolled.into(),
            EnrolError::Locked => ProblemCode::Locked.into(),
            EnrolError::NotCommitted(error) => error.into(),
            EnrolError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Locked => ProblemCode::Locked.into(),
            SignInError::PasskeyGone => ProblemCode::CredentialRejected.into(),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<PutInForceError> for Problem {
    fn from(error: PutInForceError) -> Self {
        match error {
            PutInForceError::Moved(_) => ProblemCode::PolicyMoved.into(),
            PutInForceError::Store(error) => error.into(),
        }
    }
}

impl From<PasskeyError> for Problem {
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::Last => ProblemCode::LastPasskey.into(),
            PasskeyError::Unknown => ProblemCode::NotVisible.into(),
            PasskeyError::AlreadyEnrolled => ProblemCode::AlreadyEnrolled.into(),
            PasskeyError::NonceSpent => ProblemCode::SignatureSpent.into(),
            PasskeyError::Locked => ProblemCode::Locked.into(),
            PasskeyError::Store(error) => error.into(),
        }
    }
}

impl From<RelyingPartyError> for Problem {
    fn from(error: RelyingPartyError) -> Self {
        match error {
            RelyingPartyError::Rejected(_) => ProblemCode::CredentialRejected.into(),
            RelyingPartyError::Broken(_) => ProblemCode::Internal.into(),
        }
    }
}
