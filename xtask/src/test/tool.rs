//! Programs that suites need and cargo can install, each at the version this repository was checked with.

use std::path::{Path, PathBuf};

use harness::cache::{self, Cache};

use crate::command::{self, CommandError};
use crate::progress::step;
use crate::workspace::Workspace;

/// A program from crates.io.
#[derive(Debug)]
pub struct Tool {
    /// The name of its package and of its program.
    pub name: &'static str,
    /// The one version that is used.
    pub version: &'static str,
}

/// A tool could not be installed.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// There is nowhere to keep it.
    #[error(transparent)]
    Cache(#[from] cache::Error),
    /// Cargo could not build it; its output says why.
    #[error("{name} {version} could not be installed from crates.io")]
    Install {
        /// The tool.
        name: &'static str,
        /// Its version.
        version: &'static str,
        /// The command and how it ended.
        #[source]
        source: CommandError,
    },
}

impl Tool {
    /// The program, which is built on first use and kept in the cache.
    pub fn ensure(&self, workspace: &Workspace) -> Result<PathBuf, ToolError> {
        let folder = Cache::open()?.get_or_make(self.name, self.version, |folder| {
            step(&format!("install {} {} (once)", self.name, self.version), || {
                self.install(workspace, folder)
            })
        })?;
        Ok(folder.join("bin").join(self.name))
    }

    fn install(&self, workspace: &Workspace, folder: &Path) -> Result<(), ToolError> {
        let mut install = workspace.cargo();
        install
            // Unoptimised: it builds in half the time and runs for a second.
            .args(["install", "--locked", "--debug", self.name])
            .args(["--version", self.version, "--root"])
            .arg(folder)
            // Cargo then builds in a temporary folder instead of filling this workspace's.
            .env_remove("CARGO_TARGET_DIR");
        command::run(&mut install).map_err(|source| ToolError::Install {
            name: self.name,
            version: self.version,
            source,
        })
    }
}
