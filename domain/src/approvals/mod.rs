//! Decisions of people, signed by a touch that commits to exactly what was decided.

mod commitment;
mod counted;
mod decide;
mod decision;
mod options;
mod quorum;
mod words;

pub use commitment::{Commitment, Nonce, Purpose};
pub use decide::{COMMENT_MAX, Decided};
pub use decision::{Assertion, Comment, Decision, SignedDecision};
pub use options::SignatureOptions;
pub use quorum::Quorum;
pub use words::{InvalidWords, REASON_MAX, TICKET_MAX, Words};
