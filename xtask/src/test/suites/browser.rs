//! Suite `browser`: people's whole ways through the console in a real browser, over the demo's cluster and a real one.
//!
//! It starts the real cluster and a Postgres and hands everything over in variables; consoles and browsers are started by the
//! journeys themselves (`e2e/browser`), as each has one to itself.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::control_plane::ControlPlane;
use harness::postgres::{self, Postgres, Role};
use harness::{chromium, faketime, kubelet, packages, tool};

use crate::command;
use crate::front::{self, Flavour};
use crate::progress::{self, step};
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;
use crate::{cluster, native};

/// Runs the journeys, where no other Node is installed.
const NODE: &[&str] = &["nodejs", "npm"];
/// Arguments of Playwright's, such as `--project demo`, for whoever works on one journey.
const NARROWED: &str = "SEKISHO_TEST_JOURNEYS";
/// The database of the console over the real cluster.
const DATABASE: &str = "journeys";
/// Tests along with which cargo builds the server: in the very form in which suite `unit` did so already.
const BUILT_FOR: &[&str] = &["doors"];
/// Nodes of the real cluster.
const NODES: u16 = 3;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    let journeys = workspace.root().join("e2e").join("browser");
    step("check the journeys", || prepare(&journeys))?;
    let site = front::build(workspace, Flavour::Demo)?;
    let program = compile(workspace)?;
    postgres::prepare(&progress::relay)?;
    let postgres = Postgres::start()?;
    postgres.databases().create(DATABASE)?;
    let mut cluster = cluster::start(workspace, "browser")?;
    cluster.run_kubelet(&kubelet::build(&progress::relay)?, NODES)?;
    let mut playwright = npm(&journeys, &["test"]);
    if let Ok(narrowed) = env::var(NARROWED) {
        playwright.arg("--").args(narrowed.split_whitespace());
    }
    playwright
        .env("SEKISHO_TEST_SITE", site)
        .env("SEKISHO_TEST_PROGRAM", program)
        .env("SEKISHO_TEST_POLICY", workspace.root().join("server/policy/demo"))
        .env("SEKISHO_TEST_OWNER_DATABASE", postgres.url(DATABASE, Role::Owner))
        .env("SEKISHO_TEST_DATABASE", postgres.url(DATABASE, Role::Runtime))
        .env("SEKISHO_TEST_RUNTIME_ROLE", Role::Runtime.name())
        .env("SEKISHO_TEST_FAKETIME", faketime::library()?)
        .env("SEKISHO_TEST_CHROMIUM", chromium::executable()?)
        .env("SEKISHO_TEST_CHROMIUM_FLAGS", chromium::FLAGS.join(" "));
    hand_over(&cluster, &mut playwright)?;
    Ok(command::run(&mut playwright)?)
}

/// Everything that can fail before a browser starts: packages, types, format.
fn prepare(journeys: &Path) -> Result<(), SuiteError> {
    chromium::prepare(&progress::relay)?;
    faketime::prepare(&progress::relay)?;
    if tool::output(Command::new("npm").arg("--version")).is_err() {
        packages::ensure(NODE, &progress::relay)?;
    }
    command::run(&mut npm(journeys, &["ci", "--no-audit", "--no-fund"]))?;
    Ok(command::run(&mut npm(journeys, &["run", "check"]))?)
}

fn compile(workspace: &Workspace) -> Result<PathBuf, SuiteError> {
    step("compile the server", || {
        command::run(native::integration_tests(workspace, BUILT_FOR).arg("--no-run"))
    })?;
    Ok(workspace.target().join("debug").join("sekisho"))
}

/// The cluster: its administrator's way in for fixtures, and the console's own.
fn hand_over(plane: &ControlPlane, playwright: &mut Command) -> Result<(), SuiteError> {
    let cluster = plane.cluster();
    let (admin, kubeconfig) = cluster.environment();
    let kubectl = cluster.kubectl(&kubeconfig);
    playwright
        .env("SEKISHO_TEST_KUBECTL", kubectl.get_program())
        .env("SEKISHO_TEST_CONSOLE_KUBECONFIG", cluster::console_kubeconfig(cluster)?)
        .env(admin, kubeconfig);
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(arguments);
    npm
}
