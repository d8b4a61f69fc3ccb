//! The demo cluster as its clients meet it: over TCP, through the `kube` client.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod controllers;
mod cron_jobs;
mod deletions;
mod disruption;
mod escalation;
mod faults;
mod grants;
mod isolation;
mod jobs;
mod logs;
mod namespaces;
mod nodes;
mod objects;
mod patches;
mod rbac;
mod rollouts;
mod running;
mod scale;
mod seed;
mod sets;
mod tokens;
mod validation;
mod watching;
