//! Tokens that were issued: to whom, for what, until when, alive or not; and revoking one.

mod page;
mod read;

pub(crate) use page::{PATH, TokensPage};
