//! Break-glass: emergency power that is taken at once, and the review of it that cannot be skipped.
//!
//! A session is a [grant](crate::grants::Grant) with a [declaration](Declaration): it is held and ends as every grant
//! does. Its review is written in the transaction that opens it.

mod account;
mod alone;
mod before;
mod case;
mod close;
mod declaration;
mod declare;
mod entries;
mod follow;
mod judge;
mod live;
mod offer;
mod open;
mod read;
mod review;
mod reviewers;
mod settings;
mod step;
mod store;
mod summary;
mod view;

pub use account::{ACCOUNT_MAX, Account, FiledAccount};
pub use alone::{ClosedAlone, MOST_UNREVIEWED};
pub use before::{Before, GoesOn};
pub use case::{Case, MOST_DEEDS};
pub use close::Closed;
pub use declaration::{Declaration, INTENT_MAX, InvalidDeclaration, NewSession};
pub use declare::AskedSession;
pub use judge::{Judged, Verdict};
pub use offer::{SessionBefore, SessionOffer};
pub use review::{Due, Nudge, Review, ReviewMoveError, ReviewState, ReviewStateName};
pub use settings::BreakGlassSettings;
pub use step::Step;
pub use store::{ReviewChange, ReviewFilter, ReviewStore};
pub use summary::{MonthOfSessions, ReviewSummary};
pub use view::{CaseView, LiveSession, Owed, ReviewView, SessionView, VerdictView};
