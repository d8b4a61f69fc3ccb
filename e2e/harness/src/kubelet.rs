//! The fake kubelet's program, which a control plane runs to bring pods to life. It belongs
//! to this workspace, so Cargo builds it and no cache keeps it.

use std::{env, path::PathBuf, process::Command};

use serde_json::Value;

use crate::{
    progress::{Progress, Report},
    tool,
};

const PACKAGE: &str = "fake-kubelet";

/// The program could not be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Cargo failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// Cargo succeeded and names no program.
    #[error("cargo built no program of the package `{PACKAGE}`")]
    Absent,
}

/// Builds the program unless it is up to date, and says where it is. Must be called from
/// within the workspace, as tests and tasks of Cargo's are.
pub fn build(progress: Progress<'_>) -> Result<PathBuf, Error> {
    progress(Report::Step("build the fake kubelet"));
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--package", PACKAGE, "--message-format", "json-render-diagnostics"]);
    program(&tool::output(&mut cargo)?).ok_or(Error::Absent)
}

/// The program among Cargo's messages, each a line of JSON.
fn program(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == PACKAGE)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_among_the_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"build-script-build"},"executable":"/target/other"}
{"reason":"compiler-artifact","target":{"name":"fake-kubelet"},"executable":"/target/debug/fake-kubelet"}
{"reason":"build-finished","success":true}"#;

        assert_eq!(program(messages), Some(PathBuf::from("/target/debug/fake-kubelet")));
        assert_eq!(program(""), None);
    }
}
