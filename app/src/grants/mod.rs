//! Roles for a time: what one holds, what there is to be asked for, asking, and the page of one.

mod access;
mod added;
mod ask;
mod extend;
mod list;
mod page;
mod read;
mod roles;
mod state;
mod token;
mod weighed;

pub(crate) use access::AccessPage;
pub(crate) use added::all as role_rules;
pub(crate) use ask::{AskPage, seconds};
pub(crate) use list::GrantTable;
pub(crate) use page::{GrantPage, decide, listed, matter, order, waits};
pub(crate) use read::{GrantNow, GrantRow};
#[cfg(feature = "ssr")]
pub(crate) use read::{row, shown};
pub(crate) use roles::{RolesPage, minutes, nowhere, roles_href};
pub(crate) use state::{risk, standing};
pub(crate) use token::token;
pub(crate) use weighed::weighed;

/// One's own access.
pub(crate) const PATH: &str = "/access";
