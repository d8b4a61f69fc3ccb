//! A small Kubernetes API on loopback, for newcomers and for fast tests.
//!
//! It speaks the wire: a client reaches it over TCP as it reaches any other cluster, and the same
//! contract suite runs against both. What is in it: discovery, a store with watches, merge and JSON
//! patches, scale, rehearsals and the validation that actions meet, RBAC with impersonation and its
//! guard against escalation, tokens of service accounts, access reviews, evictions with disruption
//! budgets, the controllers of workloads, jobs and schedules, garbage collection, an audit record, and
//! a believable payments company with a past.
//!
//! It never runs a container, never listens beyond loopback, and knows nothing of the product.

mod access;
mod api;
mod audit;
mod cluster;
mod complaint;
mod controllers;
mod demo_cluster;
mod faults;
mod ids;
mod kinds;
mod object;
mod options;
mod refusal;
mod seed;
mod selector;
mod store;

pub use self::{
    audit::AuditLog,
    demo_cluster::{ApplyError, DemoCluster, StartError},
    faults::FaultRule,
    options::{Clock, Options, Pace, Seed},
};
