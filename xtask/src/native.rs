//! Cargo invocations over the packages that run natively.
//!
//! Every suite selects the same packages and features and narrows down to its own targets, so that cargo
//! resolves the same features and builds each dependency once: selecting package by package would compile most
//! of them two or three times. `--workspace` is never used: it would unify the features of server and browser.

use std::process::Command;

use crate::workspace::{Package, Workspace};

/// The package that only ever runs in a browser.
const BROWSER: &str = "hydrate";
/// This program: built before anything else, with the features that it alone asks for.
const TASKS: &str = "xtask";

/// `cargo VERB` over all native packages.
pub fn all(workspace: &Workspace, verb: &str) -> Command {
    cargo(workspace, verb, |name| name != BROWSER)
}

/// `cargo VERB` over the native packages but this program.
pub fn product(workspace: &Workspace, verb: &str) -> Command {
    cargo(workspace, verb, |name| name != BROWSER && name != TASKS)
}

/// `cargo test` over the product, narrowed down to some integration tests.
///
/// Cargo selects them by name only; a house rule keeps the names unique.
pub fn integration_tests(workspace: &Workspace, names: &[&str]) -> Command {
    let mut tests = product(workspace, "test");
    tests.arg("--no-fail-fast").args(names.iter().flat_map(|name| ["--test", name]));
    tests
}

/// The names of the integration tests of some packages.
pub fn tests_of<'a>(packages: &'a [Package], names: &[&str]) -> Vec<&'a str> {
    let chosen = packages.iter().filter(|package| names.contains(&package.name.as_str()));
    chosen.flat_map(|package| &package.tests).map(String::as_str).collect()
}

fn cargo(workspace: &Workspace, verb: &str, chosen: impl Fn(&str) -> bool) -> Command {
    let mut command = workspace.cargo();
    command.arg(verb).args(["--features", "app/ssr"]);
    for package in workspace.packages().iter().filter(|package| chosen(&package.name)) {
        command.args(["--package", &package.name]);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tests_of_the_named_packages_are_given() {
        let package = |name: &str, tests: &[&str]| Package {
            name: name.into(),
            tests: tests.iter().map(ToString::to_string).collect(),
            ..Package::default()
        };
        let all = [package("domain", &["permits", "snapshots"]), package("harness", &["postgres"])];
        assert_eq!(tests_of(&all, &["domain"]), ["permits", "snapshots"]);
    }
}
