//! Compiles the `hydrate` crate to WebAssembly, in a target folder of its own so that it never waits for a native build.

use std::path::{Path, PathBuf};
use std::process::Command;

use harness::tool;

use super::{Flavour, FrontError};
use crate::command;
use crate::progress::note;
use crate::workspace::Workspace;

/// The compiler's name for the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles and returns the path of the bare module.
pub fn compile(workspace: &Workspace, flavour: Flavour) -> Result<PathBuf, FrontError> {
    ensure_target()?;
    let target = workspace.target().join("front");
    command::run(
        workspace
            .cargo()
            .args(["build", "--package", "hydrate", "--lib", "--target", TARGET])
            .args(["--profile", flavour.profile()])
            .arg("--target-dir")
            .arg(&target),
    )?;
    // The dev profile is the one whose folder has another name.
    let folder = match flavour {
        Flavour::Dev => "debug",
        Flavour::Demo | Flavour::Release => flavour.profile(),
    };
    Ok(target.join(TARGET).join(folder).join("hydrate.wasm"))
}

/// A `rust-toolchain.toml` names the target, but where automatic installation is off nothing installs it.
pub fn ensure_target() -> Result<(), FrontError> {
    let libraries =
        tool::output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    note(format_args!("installing the Rust target {TARGET}"));
    command::run(Command::new("rustup").args(["target", "add", TARGET])).map_err(FrontError::Target)
}
