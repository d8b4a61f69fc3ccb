//! Checking the signatures of exported entries offline, without trusting the console that wrote them.
//!
//! Never asks the network or a database: entries, origin and pinned keys are all it is given.

mod cases;
mod grants;
mod pins;
mod recoveries;
mod report;
mod signature;

pub use cases::Contradiction;
pub use pins::{BadPins, Pins};
pub use report::{Checked, Keys, Report, verify_entries};
pub use signature::{Flaw, check_signature};
