//! One tenant, and the policy under which roles are held there.

use harness::run_folder::RunFolder;

use crate::bench::{Trouble, console::Parts, given::Given, one_tenant};

pub(super) use one_tenant::NAMESPACE;

/// The role.
pub(super) const ROLE: &str = "look";

const TENANT: &str = include_str!("tenant.yaml");
const ROLES: &str = "[[roles]]\nname = \"look\"\nsummary = \"Look at ConfigMaps\"\napprovals = 1\n\
                     request_ttl = \"1h\"\nlongest = \"1h\"\n\
                     rules = [{ api_groups = [\"\"], resources = [\"configmaps\"], verbs = [\"list\"] }]\n";

/// Writes the folders, and lets the cluster's administrator apply the tenant and the console's RBAC.
pub(super) fn set(given: &Given, parts: &Parts, folder: &RunFolder) -> Result<(), Trouble> {
    one_tenant::set(given, parts, folder, TENANT, Some(ROLES))
}
