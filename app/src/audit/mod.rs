//! The history: entries of the audit log, filtered and paged.

mod about;
mod codes;
mod filter;
mod page;
mod read;
mod wanted;

pub(crate) use about::{about, who};
pub(crate) use codes::{action, outcome};
pub(crate) use page::HistoryPage;
