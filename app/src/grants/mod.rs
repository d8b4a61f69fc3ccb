//! Roles for a time: what one holds, what there is to be asked for, asking, and the page of one.

mod access;
mod added;
mod ask;
mod list;
mod page;
mod read;
mod roles;
mod state;
mod token;

pub(crate) use access::AccessPage;
pub(crate) use ask::AskPage;
pub(crate) use list::GrantTable;
pub(crate) use page::GrantPage;
pub(crate) use read::GrantRow;
#[cfg(feature = "ssr")]
pub(crate) use read::row;
pub(crate) use roles::{RolesPage, roles_href};

/// One's own access.
pub(crate) const PATH: &str = "/access";
