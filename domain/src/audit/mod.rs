//! The console's audit log: entries that never change and never vanish.

mod entry;
mod store;

pub use entry::{Entry, EntryAction, EntryDraft, EntryOutcome, UnknownCode};
pub use store::{EntryFilter, EntryStore};
