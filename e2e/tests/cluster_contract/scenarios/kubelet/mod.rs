//! Scenarios whose truth is in a container: played on a node that really runs them.

pub(crate) mod drains;
pub(crate) mod jobs;
pub(crate) mod pods;
pub(crate) mod rollouts;
pub(crate) mod waves;
