//! Emergency actions: what can be done, to what, what it would do, and how a request for it lives and ends.

mod effect;
mod intent;
mod kind;
mod outcome;
mod preview;
mod request;
mod state;
mod store;
mod target;
mod transition;

pub use effect::{Accepted, DryRunRefusal, DryRunVerdict, Effect, EffectError};
pub use intent::{CommittedIntent, Intent};
pub use kind::{ActionKind, UnknownAction};
pub use outcome::{EffectSeen, Outcome, Verdict};
pub use preview::{BlastRadius, BudgetImpact, PreviewReport, Replacement, WorkloadImpact};
pub use request::{
    InvalidRequest, NewRequest, Parameters, REASON_MAX, Request, RequestBody, TICKET_MAX,
};
pub use state::{Execution, RequestState, StateName, VoidReason};
pub use store::{CommitError, Decided, RequestChange, RequestFilter, RequestStore};
pub use target::{Snapshot, Target, TargetKind, TargetRef};
pub use transition::TransitionError;
