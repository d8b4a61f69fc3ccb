//! What the rules look at: every file that git tracks or would track, and the packages as cargo describes them.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use harness::tool;

use crate::workspace::{Package, Workspace};

/// The repository as the rules see it.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every file, in the order of its path.
    pub files: Vec<File>,
    /// The workspace's packages.
    pub packages: Vec<Package>,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path below the root, with `/` between the parts.
    pub path: String,
    /// Its text; `None` if it is no text.
    pub text: Option<String>,
}

/// The repository could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// Git could not list the files.
    #[error("git cannot list the repository's files")]
    Git(#[from] tool::Error),
    /// A file could not be read.
    #[error("cannot read {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl Tree {
    /// Reads the repository.
    pub fn read(workspace: &Workspace) -> Result<Self, TreeError> {
        let listed = tool::output(Command::new("git").current_dir(workspace.root()).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let mut files = Vec::new();
        for path in listed.split_terminator('\0') {
            let place = workspace.root().join(path);
            match fs::read(&place) {
                Ok(bytes) => {
                    let text = String::from_utf8(bytes).ok();
                    files.push(File { path: path.to_owned(), text });
                }
                // Git lists a file until its removal is staged.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => {
                    return Err(TreeError::File { path: place, source });
                }
            }
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { files, packages: workspace.packages().to_vec() })
    }

    /// Path and text of every text file with one of these extensions.
    pub fn texts<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files.iter().filter_map(move |file| {
            let (_, extension) = file.path.rsplit_once('.')?;
            if !extensions.contains(&extension) {
                return None;
            }
            Some((file.path.as_str(), file.text.as_deref()?))
        })
    }

    /// Whether a path names a file, or a folder with a file in it.
    pub fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
impl Tree {
    /// A tree made up for a test.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| File { path: (*path).to_owned(), text: Some((*text).to_owned()) })
            .collect();
        Self { files, packages: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_held_as_a_file_or_as_a_whole_folder_name() {
        let tree = Tree::of(&[("server/src/main.rs", "")]);
        for path in ["server/src/main.rs", "server/src", "server/"] {
            assert!(tree.holds(path), "{path}");
        }
        for path in ["server/src/main", "serv", "domain"] {
            assert!(!tree.holds(path), "{path}");
        }
    }
}
