//! The house rules made executable: what the style page claims, this checks, in milliseconds and without compiling.
//!
//! Each rule is a pure function from the tree to its findings, so it is tested on trees made up in memory.
//! What a compiler or clippy can check is left to them.

mod boundaries;
mod documents;
mod generated;
mod layers;
mod manifests;
mod migrations;
mod module_docs;
mod names;
mod sizes;
mod test_names;
mod tree;
mod unfinished;

use std::fmt;

use crate::progress::note;
use crate::workspace::Workspace;

use tree::{Tree, TreeError};

/// The house rules do not hold, or could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum TidyError {
    /// The files could not be read.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// Rules are broken; each place has been named.
    #[error("house rules are broken in {0} places")]
    Broken(usize),
}

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    path: String,
    line: Option<usize>,
    complaint: String,
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    module_docs::check,
    sizes::check,
    names::check,
    layers::check,
    manifests::check,
    boundaries::check,
    documents::check,
    migrations::check,
    test_names::check,
    unfinished::check,
    generated::check,
];

/// Checks every rule against the files that git tracks or would track, naming each broken place.
pub fn check(workspace: &Workspace) -> Result<(), TidyError> {
    let tree = Tree::read(workspace)?;
    let findings: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for finding in &findings {
        note(finding);
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(TidyError::Broken(findings.len()))
}

impl Finding {
    fn in_file(path: &str, complaint: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, complaint: complaint.into() }
    }

    /// `index` counts lines from zero, as iterators do; people count from one.
    fn in_line(path: &str, index: usize, complaint: impl Into<String>) -> Self {
        Self { line: Some(index + 1), ..Self::in_file(path, complaint) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.path, self.complaint),
            None => write!(formatter, "{}: {}", self.path, self.complaint),
        }
    }
}
