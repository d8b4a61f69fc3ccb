//! Sekisho's domain: types, state machines, decisions and the ports to the world.
//!
//! Never does I/O, never reads a clock or draws randomness, and has no Cargo features: what an
//! engineer, an approver or an auditor may rely on is decided here, the same on a server and in
//! a browser.

pub mod access;
pub mod actions;
pub mod approvals;
pub mod audit;
pub mod break_glass;
pub mod canonical;
pub mod condition;
pub mod console;
pub mod grants;
pub mod identity;
pub mod ids;
pub mod invisible;
pub mod live;
pub mod names;
pub mod notifications;
pub mod page;
pub mod policy;
pub mod problem;
pub mod recovery;
pub mod resources;
pub mod store;
mod tally;
pub mod tenants;
pub mod testkit;
pub mod time;
pub mod tokens;
pub mod who_can;

pub use console::{Console, Ports};
pub use problem::{Problem, ProblemCode};
