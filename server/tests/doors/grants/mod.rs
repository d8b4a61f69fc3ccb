//! Roles for a time: asked for, agreed to, given, held against the cluster, and ended.

mod asking;
mod ending;
mod extending;
mod giving;
mod reconciling;
mod scene;
mod tokens;

pub(crate) use scene::{cluster_role, shell, wish};
