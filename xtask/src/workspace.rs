//! Where things are: the workspace's root, its packages and its target folder, as cargo itself sees them.
//!
//! It asks `cargo metadata` and guesses nothing, so a moved target folder or another working folder changes nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::tool;
use serde_json::Value;

/// The workspace that the current folder belongs to.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    packages: Vec<Package>,
}

/// What a manifest of the workspace says about its package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// The package's name.
    pub name: String,
    /// The folder of its manifest, below the root.
    pub folder: PathBuf,
    /// Every package it depends on, for use, build or test.
    pub dependencies: Vec<String>,
    /// Its Cargo features.
    pub features: Vec<String>,
    /// Its integration tests.
    pub tests: Vec<String>,
}

/// The workspace could not be described.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// Cargo refused.
    #[error("cargo cannot describe the workspace")]
    Cargo(#[from] tool::Error),
    /// Cargo's answer was not JSON.
    #[error("cargo's description of the workspace is not JSON")]
    Json(#[from] serde_json::Error),
    /// Cargo's answer lacks something.
    #[error("cargo's description of the workspace has no `{0}`")]
    Missing(&'static str),
}

impl Workspace {
    /// Finds the workspace around the current folder.
    pub fn find() -> Result<Self, WorkspaceError> {
        let answer = tool::output(Command::new(cargo_program()).args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        Self::read(&serde_json::from_str(&answer)?)
    }

    fn read(answer: &Value) -> Result<Self, WorkspaceError> {
        let root = PathBuf::from(text(answer, "workspace_root")?);
        let packages = list(answer, "packages")?
            .iter()
            .map(|package| Package::read(package, &root))
            .collect::<Result<_, _>>()?;
        Ok(Self { target: PathBuf::from(text(answer, "target_directory")?), root, packages })
    }

    /// The folder of the root manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder for everything built.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The workspace's own packages.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The cargo that runs this task, in the workspace's root.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo_program());
        command.current_dir(&self.root);
        // What cargo said of this program while it started it. Some build scripts look at it, and would
        // compile half of everything again whenever a person calls cargo themselves in between.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }
}

impl Package {
    fn read(package: &Value, root: &Path) -> Result<Self, WorkspaceError> {
        let manifest = PathBuf::from(text(package, "manifest_path")?);
        let folder = manifest.parent().unwrap_or(root);
        let features = package["features"].as_object();
        let tests = list(package, "targets")?.iter().filter(|target| target["kind"][0] == "test");
        Ok(Self {
            name: text(package, "name")?.to_owned(),
            folder: folder.strip_prefix(root).unwrap_or(folder).to_owned(),
            dependencies: names(list(package, "dependencies")?.iter())?,
            features: features
                .ok_or(WorkspaceError::Missing("features"))?
                .keys()
                .cloned()
                .collect(),
            tests: names(tests)?,
        })
    }
}

fn names<'a>(values: impl Iterator<Item = &'a Value>) -> Result<Vec<String>, WorkspaceError> {
    values.map(|value| Ok(text(value, "name")?.to_owned())).collect()
}

fn list<'a>(value: &'a Value, field: &'static str) -> Result<&'a [Value], WorkspaceError> {
    value[field].as_array().map(Vec::as_slice).ok_or(WorkspaceError::Missing(field))
}

fn text<'a>(value: &'a Value, field: &'static str) -> Result<&'a str, WorkspaceError> {
    value[field].as_str().ok_or(WorkspaceError::Missing(field))
}

/// `$CARGO` is the very cargo that runs this task; a copy elsewhere may be of another version.
fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_answer_becomes_a_workspace() {
        let workspace = Workspace::read(&serde_json::json!({
            "workspace_root": "/repository",
            "target_directory": "/elsewhere",
            "packages": [{
                "name": "app",
                "manifest_path": "/repository/app/Cargo.toml",
                "dependencies": [{ "name": "domain", "kind": null }],
                "features": { "ssr": [] },
                "targets": [
                    { "kind": ["lib"], "name": "app" },
                    { "kind": ["test"], "name": "pages" },
                ],
            }],
        }))
        .unwrap();

        assert_eq!(workspace.root(), Path::new("/repository"));
        assert_eq!(workspace.target(), Path::new("/elsewhere"));
        let app = Package {
            name: "app".into(),
            folder: "app".into(),
            dependencies: vec!["domain".into()],
            features: vec!["ssr".into()],
            tests: vec!["pages".into()],
        };
        assert_eq!(workspace.packages(), [app]);
    }

    #[test]
    fn an_answer_without_a_root_is_refused() {
        let error = Workspace::read(&serde_json::json!({})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cargo's description of the workspace has no `workspace_root`"
        );
    }
}
