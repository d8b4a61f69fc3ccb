//! Sekisho's adapters and composition root: what the domain's ports stand on.
//!
//! Decides nothing: whatever is allowed, refused or concluded is the domain's word.

pub mod calendar;
pub mod cli;
pub mod cluster;
pub mod config;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod logging;
pub mod notifications;
pub mod outgoing;
pub mod pages;
pub mod policy;
pub mod serve;
pub mod store;
pub mod verify;
