//! Pods, workloads and whatever else actions are done to: the page of each, and how their status is shown everywhere.

mod conditions;
mod containers;
mod events;
mod head;
mod node;
mod overview;
mod page;
mod pod;
mod read;
mod status;
mod workload;
mod workload_overview;

pub(crate) use page::ObjectPage;
pub(crate) use status::StatusBadge;
