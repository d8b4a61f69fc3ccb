//! Demo cluster.
