//! A small Kubernetes API on loopback, for newcomers and for fast tests.
//!
//! It speaks the wire: a client reaches it over TCP as it reaches any other cluster, and the same
//! contract suite runs against both. What is in it: discovery, a store with watches, RBAC with
//! impersonation, access reviews, evictions with disruption budgets, the controllers that replace
//! what is evicted, an audit record, and a believable payments company.
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
