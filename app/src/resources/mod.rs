//! Pods: the page of one, and how their status is shown everywhere.

mod conditions;
mod containers;
mod events;
mod overview;
mod page;
mod read;
mod status;

pub(crate) use page::{PodPage, pod_of};
pub(crate) use status::StatusBadge;
