//! A person before a browser, in software: for tests that knock at the console's doors, in the same process or
//! over a network.
//!
//! What goes wrong here is a failed test, so that nothing returns an error; it panics and says what it met.

#![expect(clippy::unwrap_used, reason = "a person who cannot act is a failed test")]
#![expect(clippy::missing_panics_doc, reason = "the module says so once for all")]

mod authenticator;
mod browser;
mod door;

pub use authenticator::Authenticator;
pub use browser::{Answer, Browser, Listening};
