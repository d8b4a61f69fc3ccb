//! The policy repository: reads the folder of reviewed files that says who may do what, checks it,
//! compiles its rules, and follows it when it changes.
//!
//! Never half: a folder is taken whole or not at all. Never grants: rules answer, and only
//! `domain::access` turns an answer into a permit. Never writes to the folder.

mod actions;
mod approvals;
mod bounds;
mod calendars;
mod checks;
mod codeowners;
mod embedded;
mod fixed;
mod folder;
mod following;
mod load;
#[cfg(test)]
mod matrix;
mod notifications;
mod on_call;
mod ownership;
mod people;
pub mod rbac;
mod roles;
mod rules;
mod source_text;
mod teams;
mod tenant_path;
mod trouble;

pub use calendars::FollowedCalendars;
pub use fixed::FixedPolicy;
pub use folder::Folder;
pub use following::{FollowedPolicy, Look, PolicyTaken};
pub use load::{LoadedPolicy, OnDuty, load};
pub use on_call::{
    CalendarAddress, CalendarNotice, Copies, NotFetched, Notice, describe as describe_calendars,
};
pub use ownership::CodeOwners;
pub use trouble::InvalidPolicy;
