//! The demo cluster as its clients meet it: over TCP, through the `kube` client.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod controllers;
mod disruption;
mod faults;
mod objects;
mod running;
mod seed;
mod watching;
