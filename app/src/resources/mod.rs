//! Pods and workloads: the page of each, and how their status is shown everywhere.

mod conditions;
mod containers;
mod events;
mod overview;
mod page;
mod read;
mod status;
mod workload;
mod workload_overview;

pub(crate) use page::PodPage;
pub(crate) use status::StatusBadge;
pub(crate) use workload::WorkloadPage;
