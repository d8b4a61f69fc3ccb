//! Actions: what may be done, asking for it, deciding about it, carrying it out, and watching what happens.

mod case;
mod changes;
mod decide;
mod groups;
mod lines;
mod list;
mod names;
mod neighbours;
mod offers;
mod outcome;
mod page;
mod rails;
mod reach;
mod read;
mod sign;
mod state;
mod steps;
#[cfg(feature = "ssr")]
pub(crate) mod tell;
mod timeline;
mod watch;
mod wizard;
#[cfg(feature = "ssr")]
pub(crate) mod words;

pub(crate) use case::RequestRow;
pub(crate) use list::{RequestTable, RequestsPage};
pub(crate) use names::{ActionName, ActionNames};
pub(crate) use offers::offers;
pub(crate) use page::RequestPage;
pub(crate) use wizard::ActionPage;
