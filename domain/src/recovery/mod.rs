//! Recovery: somebody who lost every passkey is re-enrolled on the word of two others.
//!
//! Never lets one person let another in, and never lets in anybody whom nobody is to review.

mod ask;
mod begun;
mod case;
mod chase;
mod decide;
mod enrol;
mod entries;
mod judge;
mod lately;
mod link;
mod part;
mod read;
mod reviewers;
mod state;
mod stop;
mod store;
mod transition;
mod view;

pub use ask::AskedRecovery;
pub use begun::{PENDING_FOR, Recovery, RecoveryBody};
pub use case::RecoveryCase;
pub use lately::RECOVERED_LATELY;
pub use part::{Part, Signature};
pub use state::{Agreement, Enrolment, HandedLink, RecoveryState, RecoveryStateName};
pub use store::{ComingBack, RecoveryChange, RecoveryFilter, RecoveryStore};
pub use transition::RecoveryMoveError;
pub use view::{MayRecover, RecoveryView, SignatureView};
