//! Sekisho's adapters and composition root: what the domain's ports stand on.
//!
//! Decides nothing: whatever is allowed, refused or concluded is the domain's word.

pub mod cli;
pub mod cluster;
pub mod config;
pub mod jobs;
pub mod policy;
pub mod store;
pub mod verify;
