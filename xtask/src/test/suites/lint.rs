//! Suite `lint`: clippy without a warning, over the native packages and over the browser's half as WebAssembly.

use crate::command;
use crate::front;
use crate::native;
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    command::run(native::all(workspace, "clippy").args([
        "--all-targets",
        "--keep-going",
        "--",
        "--deny",
        "warnings",
    ]))?;
    front::ensure_target()?;
    command::run(
        workspace
            .cargo()
            .args(["clippy", "--package", "hydrate", "--package", "app"])
            .args(["--features", "app/hydrate", "--target", front::TARGET])
            .args(["--", "--deny", "warnings"]),
    )?;
    Ok(())
}
