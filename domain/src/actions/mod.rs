//! Emergency actions: what can be done, to what, what it would do, and how a request for it lives and ends.

mod effect;
mod entries;
mod execute;
mod intent;
mod kind;
mod observe;
mod outcome;
mod preview;
mod read;
mod request;
mod review;
mod settle;
mod state;
mod store;
mod submit;
mod target;
mod transition;
mod view;
mod withdraw;

pub use effect::{Accepted, DryRunRefusal, DryRunVerdict, Effect, EffectError};
pub use execute::ReadyEffect;
pub use intent::{CommittedIntent, Intent};
pub use kind::{ActionKind, UnknownAction};
pub use observe::{ANSWER_MARGIN, GIVE_UP_AFTER, TargetNow};
pub use outcome::{EffectSeen, Outcome, Verdict};
pub use preview::{BlastRadius, BudgetImpact, PreviewReport, Replacement, WorkloadImpact};
pub use read::{Now, RequestNow};
pub use request::{
    InvalidRequest, NewRequest, Parameters, REASON_MAX, Request, RequestBody, TICKET_MAX,
};
pub use review::Review;
pub(crate) use review::settings;
pub use state::{Ended, Execution, RequestState, StateName, VoidReason};
pub use store::{CommitError, Decided, RequestChange, RequestFilter, RequestStore, SeenBy};
pub use submit::Asked;
pub use target::{Snapshot, Target, TargetKind, TargetRef};
pub use transition::TransitionError;
pub use view::{DecisionView, RequestView};
