//! Real services for tests: a Kubernetes control plane built from Debian's source, a node that
//! runs containers, a Postgres of one's own, and Debian's Chromium.
//!
//! Each service has a `prepare`, which installs or builds what is missing, and a `start`,
//! which never installs anything and says what to prepare when something is absent.
//! This crate never prints (see [`progress`]), never listens beyond loopback, and never
//! stops a process that it did not start. Linux only.

pub mod cache;
pub mod chromium;
pub mod control_plane;
pub mod faketime;
pub mod kubelet;
pub mod node;
pub mod packages;
pub mod patience;
pub mod ports;
pub mod postgres;
pub mod progress;
pub mod run_folder;
pub mod service;
pub mod tool;
pub mod wait;

mod identity;
