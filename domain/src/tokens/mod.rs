//! Every credential that was issued: to whom, for what, until when, and whether it is alive.
//!
//! None is kept: what is known of them stands in the audit log, by their SHA-256.

mod id;
mod list;
mod revoke;

pub use id::{NotATokenId, TokenId};
pub use list::{TokenState, TokenView};
