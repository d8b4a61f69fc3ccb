//! The wizard's first step, for every action: what is asked for, what it would do, and the form that asks.

mod fields;
#[cfg(feature = "ssr")]
mod look;
mod page;
mod read;
mod review;
mod submit;

pub(crate) use page::ActionPage;
