//! One tenant with pods to restart and pods that are left alone, and the policy under which that is done.

use harness::run_folder::RunFolder;

use crate::bench::{Trouble, console::Parts, given::Given, one_tenant};

pub(super) use one_tenant::NAMESPACE;

/// The workload whose pods are restarted.
pub(super) const BUSY: &str = "checkout-api";
/// The workload whose pods are only asked about.
pub(super) const QUIET: &str = "checkout-worker";

const TENANT: &str = include_str!("tenant.yaml");

/// Writes the folders, and lets the cluster's administrator apply the tenant and the console's RBAC.
pub(super) fn set(given: &Given, parts: &Parts, folder: &RunFolder) -> Result<(), Trouble> {
    one_tenant::set(given, parts, folder, TENANT, None)
}
