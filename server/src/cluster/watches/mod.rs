//! What the cluster holds, watched: one watch per kind, however many people look.
//!
//! Rows are projected as objects arrive; no object is kept. Everything here is read by the
//! console's own account and decides nothing about who may see it.

mod backoff;
mod cache;
mod changes;
mod events;
mod health;
mod shelf;
mod source;
mod store;
mod versions;
mod watch;

pub(super) use cache::Cache;
