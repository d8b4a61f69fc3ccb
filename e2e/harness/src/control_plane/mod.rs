//! A real Kubernetes control plane on loopback: etcd, API server, controllers and scheduler,
//! with a certificate authority of its own and an audit log that tests read. Nodes
//! and pods are brought to life by the fake kubelet, or run by a real [node](crate::node).
//!
//! Everything ends with the [`ControlPlane`]; what a killed run left in the same run folder
//! is stopped at the next start.

mod audit;
mod authority;
mod binaries;
mod cluster;
mod debian_source;
mod programs;
mod running;

pub use audit::AuditLog;
pub use authority::Error as AuthorityError;
pub use binaries::{Binaries, Error as BinariesError, PACKAGES};
pub use cluster::{Cluster, ENVIRONMENT, Error as ClusterError, ServerCertificate};
pub use debian_source::Error as SourceError;
pub use running::{ControlPlane, Error, Options};

use crate::{cache::Cache, progress::Progress};

/// Installs and builds what a control plane needs, where it is missing. The first build
/// takes minutes; later calls find it in the cache.
pub fn prepare(cache: &Cache, progress: Progress<'_>) -> Result<Binaries, BinariesError> {
    Binaries::find_or_build(cache, progress)
}
