//! The store's contract: one suite, run on SQLite and on Postgres.
//!
//! The Postgres half needs a server; `cargo xtask test contract` starts one. Without it, it fails.

#[macro_use]
mod databases;

mod cookies;
mod entries;
mod expired;
mod faults;
mod fixtures;
mod grants;
mod identity;
mod immutable;
mod listing;
mod lock;
mod outbox;
mod policy;
mod races;
mod recoveries;
mod requests;
mod reviews;
mod statements;
mod steps;
mod targets;
