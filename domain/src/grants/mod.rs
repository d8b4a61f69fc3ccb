//! Temporary roles: what may be granted, to whom, for how long, and how it ends.

mod added;
mod ask;
mod decide;
mod end;
mod entries;
mod extend;
mod give;
mod grant;
mod keeper;
mod never;
mod objects;
mod read;
mod reconcile;
mod risk;
mod role;
mod roles;
mod rule;
mod state;
mod store;
#[cfg(test)]
pub(crate) mod testkit;
mod token;
mod transition;
mod unexplained;
mod view;
mod weigh;
mod word;

pub use added::Added;
pub use ask::AskedRole;
pub(crate) use ask::pinned;
pub use decide::{GrantSignatureOptions, ReadyGrant};
pub use extend::{Extends, Prolonged};
pub(crate) use grant::check_may_be_held;
pub use grant::{Grant, GrantBody, InvalidGrant, NewGrant, PinnedRole, PinnedTenant, SHORTEST};
pub use keeper::{GrantKeeper, RulesHeld};
pub use never::NeverGranted;
pub use objects::{
    DIGEST_ANNOTATION, FoundAccount, FoundBinding, GRANT_LABEL, GRANTS_NAMESPACE,
    PERSON_ANNOTATION, Piece, Scan, Standing, UNTIL_ANNOTATION,
};
pub use risk::Risk;
pub use role::{ClusterRole, GrantableRole, Ladder};
pub(crate) use roles::wanted;
pub use roles::{Holder, RoleOffer, RoleReview};
pub use rule::{Power, RoleRule};
pub use state::{Activation, EndReason, Ending, GrantState, GrantStateName, GrantVoid, Held, Hold};
pub use store::{GrantChange, GrantFilter, GrantStore};
pub use token::{ClusterToken, CommittedToken, Kubeconfig, SHORTEST_TOKEN};
pub use transition::{ACTIVATION_DEADLINE, ANSWER_MARGIN, GrantMoveError};
pub(crate) use unexplained::ToldOf;
pub use view::{EndingView, GrantView};
pub use weigh::{LastTime, Weighed};
pub use word::{CommittedActivation, CommittedRemoval};
