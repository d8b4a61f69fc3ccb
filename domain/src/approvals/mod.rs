//! Decisions of people, signed by a touch that commits to exactly what was decided.

mod commitment;
mod decision;

pub use commitment::{Commitment, Nonce, Purpose};
pub use decision::{Assertion, Comment, Decision, SignedDecision};
