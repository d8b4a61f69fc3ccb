//! The scenarios, by what they are about.

pub(crate) mod access;
pub(crate) mod acting;
pub(crate) mod admission;
pub(crate) mod drains;
pub(crate) mod grants;
pub(crate) mod jobs;
pub(crate) mod kubelet;
pub(crate) mod lines;
pub(crate) mod looking;
pub(crate) mod meanwhile;
pub(crate) mod nodes;
pub(crate) mod pods;
pub(crate) mod powers;
pub(crate) mod previewing;
pub(crate) mod reaping;
pub(crate) mod refusals;
pub(crate) mod rollouts;
pub(crate) mod scaling;
pub(crate) mod statuses;
pub(crate) mod watching;
pub(crate) mod waves;
pub(crate) mod who_can;
