//! What went wrong, as a code that stays the same, with the facts a message needs.
//!
//! Messages for people come from the catalogue of `app`; statuses are RFC 9110's.

mod from;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $status:literal,)*) => {
        /// A stable code for what went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode {
            $($(#[$doc])* $variant,)*
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As the API writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }
        }
    };
}

problem_codes! {
    /// Nobody is signed in here.
    SignedOut = "signed_out" 401,
    /// The sign-in failed.
    SignInFailed = "sign_in_failed" 401,
    /// There is nothing here that this person may see.
    NotVisible = "not_visible" 404,
    /// Visible, but the rules refuse.
    Refused = "refused" 403,
    /// The person has no user in that cluster.
    NoClusterUser = "no_cluster_user" 403,
    /// Nobody decides their own request.
    OwnRequest = "own_request" 403,
    /// Only the requester does this.
    NotRequester = "not_requester" 403,
    /// The approvals that are missing must come from groups that the person is not in.
    OtherApproverNeeded = "other_approver_needed" 403,
    /// The person is locked.
    Locked = "locked" 403,
    /// The call came from another origin.
    CrossOrigin = "cross_origin" 403,
    /// The cluster's own RBAC or admission refused.
    ClusterRefused = "cluster_refused" 403,
    /// A guard rail stands against it.
    GuardRail = "guard_rail" 403,
    /// Opening a break-glass session alone is closed to the person; with an approver it is not.
    SoloClosed = "solo_closed" 403,
    /// Approvers still have time to answer before a session may be opened alone.
    Patience = "patience" 403,
    /// Nobody judges a recovery that they were part of, nor a session that they, or another session of theirs on the same
    /// incident, were part of.
    Involved = "involved" 403,
    /// The person was recovered lately: their agreement counts for nothing until a day is over.
    RecoveredLately = "recovered_lately" 403,
    /// A recovery of the person is under way already.
    RecoveryOpen = "recovery_open" 409,
    /// The person declared an emergency there already, which waits to be opened.
    DeclaredAlready = "declared_already" 409,
    /// The break-glass session within which it was asked for is over.
    SessionOver = "session_over" 409,
    /// The session is a drill: nothing of it is power.
    Drill = "drill" 409,
    /// The role cannot be granted as it is in the cluster.
    RoleUnfit = "role_unfit" 409,
    /// The role ends sooner than a cluster's shortest token.
    TooShortForToken = "too_short_for_token" 409,
    /// The request is in a state from which this is not possible.
    WrongState = "wrong_state" 409,
    /// Somebody else changed it meanwhile.
    Conflict = "conflict" 409,
    /// The person decided already.
    DecidedTwice = "decided_twice" 409,
    /// The target is no longer what was asked about.
    TargetDrifted = "target_drifted" 409,
    /// Another request is being carried out on the same target.
    TargetBusy = "target_busy" 409,
    /// The target is so already.
    NothingToChange = "nothing_to_change" 409,
    /// It cannot be done to the target as it is.
    Unsuited = "unsuited" 409,
    /// Disruption budgets have no room.
    BudgetExhausted = "budget_exhausted" 409,
    /// An approver lost the right to approve; the approval no longer counts.
    ApprovalLapsed = "approval_lapsed" 409,
    /// Another policy came into force meanwhile.
    PolicyMoved = "policy_moved" 409,
    /// The touch was used already.
    SignatureSpent = "signature_spent" 409,
    /// The last passkey cannot be removed.
    LastPasskey = "last_passkey" 409,
    /// The passkey is enrolled already.
    AlreadyEnrolled = "already_enrolled" 409,
    /// The link is unknown, used or expired.
    LinkInvalid = "link_invalid" 410,
    /// The ceremony is unknown, used or expired.
    CeremonyExpired = "ceremony_expired" 410,
    /// The time of the request ran out.
    RequestExpired = "request_expired" 410,
    /// The body is larger than is taken.
    TooLarge = "too_large" 413,
    /// The body is not JSON.
    NotJson = "not_json" 415,
    /// The input is malformed.
    Malformed = "malformed" 422,
    /// The credential does not answer the ceremony.
    CredentialRejected = "credential_rejected" 422,
    /// The signature is for something else.
    OtherDecision = "other_decision" 422,
    /// A reason must be given.
    ReasonMissing = "reason_missing" 422,
    /// The reason is too long.
    ReasonTooLong = "reason_too_long" 422,
    /// A role is asked for too short or too long a time.
    TtlOutOfBounds = "ttl_out_of_bounds" 422,
    /// A ticket must be named.
    TicketMissing = "ticket_missing" 422,
    /// The ticket is too long.
    TicketTooLong = "ticket_too_long" 422,
    /// The ticket does not look like one.
    TicketOdd = "ticket_odd" 422,
    /// A parameter that is needed was not given.
    ParameterMissing = "parameter_missing" 422,
    /// A parameter is of another type or out of its bounds.
    ParameterInvalid = "parameter_invalid" 422,
    /// A guard rail is to be lifted that does not stand against it.
    NotTripped = "not_tripped" 422,
    /// The action has no such parameter.
    UnknownParameter = "unknown_parameter" 422,
    /// The action is not done to that kind of object.
    WrongKind = "wrong_kind" 422,
    /// Too many attempts.
    TooMany = "too_many" 429,
    /// Something on our side that should not be.
    Internal = "internal" 500,
    /// The database is not available.
    DatabaseUnavailable = "database_unavailable" 503,
    /// The cluster is not available.
    ClusterUnavailable = "cluster_unavailable" 503,
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What went wrong. Unless `facts` say otherwise, nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {facts:?}")]
pub struct Problem {
    /// The code.
    pub code: ProblemCode,
    /// What the message names: the rule, the limit, the cluster's own words…
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        Self { code, facts: BTreeMap::new() }
    }
}

impl Problem {
    /// The same with one more fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// Malformed input, with the field and what it should be.
    #[must_use]
    pub fn malformed(field: &str, rule: impl fmt::Display) -> Self {
        Self::from(ProblemCode::Malformed).with("field", field).with("rule", rule)
    }
}
