//! One tenant with pods to restart and pods that are left alone, and the policy under which that is done.

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
/// The workload whose pods are restarted.
pub(super) const BUSY: &str = "checkout-api";
/// The workload whose pods are only asked about.
pub(super) const QUIET: &str = "checkout-worker";

const TENANT: &str = include_str!("tenant.yaml");
const PEOPLE: &str = include_str!("people.toml");
const TEAMS: &str = include_str!("teams.toml");
const ACTIONS: &str = "[actions.restart-pod]\napprovals = 1\nrequest_ttl = \"1h\"\napproval_ttl = \"15m\"\n\
                       execution_deadline = \"30s\"\nsettle_within = \"5m\"\nticket = \"optional\"\n";
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
        ("CODEOWNERS", &owners),
    ] {
        fs::write(parts.policy.join(name), text)?;
    }
    apply(&given.cluster, &folder.path().join("tenant.yaml"), TENANT)?;
    parts.apply_rbac(&given.cluster, folder.path())
}
