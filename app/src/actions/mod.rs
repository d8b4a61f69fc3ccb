//! Actions: asking for one, deciding about it, carrying it out, and watching what happens.

mod decide;
mod list;
mod outcome;
mod page;
mod reach;
mod read;
mod restart;
mod restart_form;
mod sign;
mod state;
mod steps;
mod timeline;

pub(crate) use list::{RequestTable, RequestsPage};
pub(crate) use page::RequestPage;
pub(crate) use restart::RestartPage;
