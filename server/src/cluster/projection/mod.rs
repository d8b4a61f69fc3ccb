//! Turning the cluster's objects into the rows the pages need, the moment they arrive.
//!
//! Pure: never asks the cluster anything and never keeps an object. What cannot be a row (a name
//! no Kubernetes would give, a `ReplicaSet` of the past) is `None`.

mod budget;
mod containers;
mod cron_job;
mod event;
mod labels;
mod metadata;
mod namespace;
mod node;
mod pod;
mod pod_status;
mod service;
mod workload;

pub(super) use budget::{Budget, PolicyVersion, budget_row};
pub(super) use cron_job::{CronJob, cron_job_row};
pub(super) use event::event_row;
pub(super) use namespace::namespace_row;
pub(super) use node::node_row;
pub(super) use pod::pod_row;
pub(super) use service::{Scaler, scaler_row, service_row};
pub(super) use workload::{
    daemon_set_row, deployment_row, job_row, replica_set_row, stateful_set_row,
};
