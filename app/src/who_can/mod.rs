//! Who can do what in a tenant: the question, and each path by which somebody can.

mod filter;
mod line;
mod page;
mod read;
mod rules;

pub(crate) use page::{WhoCanPage, who_can_href};
