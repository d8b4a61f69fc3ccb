//! Cargo invocations over the packages that run natively.
//!
//! Every suite selects the same packages and features, so that cargo resolves the same dependencies and
//! builds each of them once. `--workspace` is never used: it would unify the features of server and browser.

use std::process::Command;

use crate::workspace::Workspace;

/// The package that only ever runs in a browser.
const BROWSER: &str = "hydrate";

/// `cargo VERB` over all native packages.
pub fn cargo(workspace: &Workspace, verb: &str) -> Command {
    let mut command = workspace.cargo();
    command.arg(verb).args(["--features", "app/ssr"]);
    for package in workspace.packages() {
        if package.name != BROWSER {
            command.args(["--package", &package.name]);
        }
    }
    command
}
