//! Emergency actions: what can be done, to what, what it would do, and how a request for it lives and ends.

mod action;
mod before;
mod blast_radius;
pub mod catalogue;
mod change;
pub mod documentation;
mod effect;
mod entries;
mod execute;
mod field_change;
mod finding;
mod intent;
mod kind;
mod last_lines;
mod neighbours;
mod observe;
mod offer;
mod outcome;
mod parameters;
mod preview;
mod progress;
mod rails;
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
mod waves;
mod ways_on;
mod withdraw;

pub use action::{Action, Follow, Power, Reach, Reads, Subject, Until};
pub use before::Before;
pub use blast_radius::{
    BlastRadius, BudgetImpact, Replacement, ScalerImpact, ServiceImpact, Surroundings,
    WorkloadImpact,
};
pub use change::{Change, Part, holds, merged};
pub use effect::{Accepted, DryRun, DryRunRefusal, DryRunVerdict, Effect, EffectError};
pub use execute::ReadyEffect;
pub use field_change::{FieldChange, field_changes};
pub use finding::{Finding, PodStays};
pub use intent::{CommittedIntent, Intent};
pub use kind::{ActionKind, CatalogueInUse, UnknownAction};
pub use last_lines::{LastLines, LinesTold};
pub use neighbours::{Neighbour, Neighbours};
pub use observe::{ANSWER_MARGIN, GIVE_UP_AFTER, Sight, TargetNow};
pub use offer::{Offer, ParameterOffer, RevisionOffer};
pub use outcome::{EffectSeen, Outcome, Verdict};
pub use parameters::{Bounds, LOSE, Needed, Parameter, Parameters, STAY};
pub use preview::PreviewReport;
pub use progress::{Milestone, PodSeen, Progress, Reached, WorkloadSeen};
pub use rails::{RailSight, Tripped};
pub use read::{Now, RequestNow};
pub use request::{InvalidRequest, NewRequest, Request, RequestBody, Unsuited};
pub use review::Review;
pub(crate) use review::settings;
pub use state::{Ended, Execution, RequestState, StateName, VoidReason};
pub use store::{
    Around, CommitError, Decided, Limits, RequestChange, RequestFilter, RequestStore, SeenBy,
    StandsAs,
};
pub use submit::Asked;
pub use target::{Revision, Snapshot, Target, TargetKind, TargetRef, UnknownTargetKind};
pub use transition::TransitionError;
pub use view::{DecisionView, RequestView};
pub use waves::{
    Evictions, Fate, Fated, MOST_PODS, Next, PodPin, PodReach, Said, TenantReach, Unseen, Wave,
    WavesSeen, WavesSight,
};
pub use ways_on::{Evicted, WayOn};
