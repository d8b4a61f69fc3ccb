//! One tenant, its people, and the policy under which they act there.

use std::fs;

use harness::run_folder::RunFolder;

use super::{
    Trouble,
    console::{Parts, apply},
    given::Given,
    policy::CLUSTER,
};

/// The tenant.
pub const NAMESPACE: &str = "checkout";

const PEOPLE: &str = include_str!("actions/people.toml");
const TEAMS: &str = include_str!("actions/teams.toml");
const ACTIONS: &str = "[actions.restart-pod]\napprovals = 1\nrequest_ttl = \"1h\"\napproval_ttl = \"15m\"\n\
                       execution_deadline = \"30s\"\nsettle_within = \"5m\"\nticket = \"optional\"\n";
/// Nobody looks at its pages.
const MANIFEST: &str = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;

/// Writes the folders, with such roles, and lets the cluster's administrator apply the tenant and the console's RBAC.
pub fn set(
    given: &Given,
    parts: &Parts,
    folder: &RunFolder,
    tenant: &str,
    roles: Option<&str>,
) -> Result<(), Trouble> {
    fs::create_dir_all(&parts.site)?;
    fs::write(parts.site.join("manifest.json"), MANIFEST)?;
    fs::create_dir_all(&parts.policy)?;
    fs::copy(&given.rules, parts.policy.join("console.cedar"))?;
    let owners = format!("/{CLUSTER}/{NAMESPACE}/ @bench/owners\n");
    let files = [
        ("people.toml", PEOPLE),
        ("teams.toml", TEAMS),
        ("actions.toml", ACTIONS),
        ("CODEOWNERS", &owners),
    ];
    for (name, text) in files.into_iter().chain(roles.map(|roles| ("roles.toml", roles))) {
        fs::write(parts.policy.join(name), text)?;
    }
    apply(&given.cluster, &folder.path().join("tenant.yaml"), tenant)?;
    parts.apply_rbac(&given.cluster, folder.path())
}
