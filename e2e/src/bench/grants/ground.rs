//! One tenant, and the policy under which roles are held there.

use std::fs;

use harness::run_folder::RunFolder;

use crate::bench::{
    Trouble,
    console::{Parts, apply},
    given::Given,
    policy::CLUSTER,
};

/// The tenant.
pub(super) const NAMESPACE: &str = "checkout";
/// The role.
pub(super) const ROLE: &str = "look";

const TENANT: &str = include_str!("tenant.yaml");
const PEOPLE: &str = include_str!("../actions/people.toml");
const TEAMS: &str = include_str!("../actions/teams.toml");
const ACTIONS: &str = "[actions.restart-pod]\napprovals = 1\nrequest_ttl = \"1h\"\napproval_ttl = \"15m\"\n\
                       execution_deadline = \"30s\"\nsettle_within = \"5m\"\nticket = \"optional\"\n";
const ROLES: &str = "[[roles]]\nname = \"look\"\nsummary = \"Look at ConfigMaps\"\napprovals = 1\n\
                     request_ttl = \"1h\"\nlongest = \"1h\"\n\
                     rules = [{ api_groups = [\"\"], resources = [\"configmaps\"], verbs = [\"list\"] }]\n";
/// Nobody looks at its pages.
const MANIFEST: &str = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;

/// Writes the folders, and lets the cluster's administrator apply the tenant and the console's RBAC.
pub(super) fn set(given: &Given, parts: &Parts, folder: &RunFolder) -> Result<(), Trouble> {
    fs::create_dir_all(&parts.site)?;
    fs::write(parts.site.join("manifest.json"), MANIFEST)?;
    fs::create_dir_all(&parts.policy)?;
    fs::copy(&given.rules, parts.policy.join("console.cedar"))?;
    let owners = format!("/{CLUSTER}/{NAMESPACE}/ @bench/owners\n");
    for (name, text) in [
        ("people.toml", PEOPLE),
        ("teams.toml", TEAMS),
        ("actions.toml", ACTIONS),
        ("roles.toml", ROLES),
        ("CODEOWNERS", &owners),
    ] {
        fs::write(parts.policy.join(name), text)?;
    }
    apply(&given.cluster, &folder.path().join("tenant.yaml"), TENANT)?;
    parts.apply_rbac(&given.cluster, folder.path())
}
