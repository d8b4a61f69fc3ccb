//! Rule: what a build makes is never committed: it would drift from its sources, and nobody reviews it.

use super::Finding;
use super::tree::Tree;

/// Folders that builds and package managers fill.
const FOLDERS: &[&str] = &["target", "node_modules", "test-results", "playwright-report"];

/// Endings of built, compressed or left-over files.
const ENDINGS: &[&str] = &[
    ".wasm",
    ".br",
    ".gz",
    ".sqlite",
    ".sqlite-wal",
    ".sqlite-shm",
    ".snap.new",
    ".pending-snap",
    ".min.js",
    ".log",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files
        .iter()
        .filter(|file| is_generated(&file.path))
        .map(|file| Finding::in_file(&file.path, "is generated: ignore it instead"))
        .collect()
}

fn is_generated(path: &str) -> bool {
    ENDINGS.iter().any(|ending| path.ends_with(ending))
        || path.split('/').any(|part| FOLDERS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_output_is_found_and_sources_are_not() {
        let tree = Tree::of(&[
            ("app/src/target.rs", ""),
            ("e2e/browser/node_modules/x/index.js", ""),
            ("site/sekisho.css.br", ""),
            ("style/base.css", ""),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|it| it.path).collect();
        assert_eq!(found, ["e2e/browser/node_modules/x/index.js", "site/sekisho.css.br"]);
    }
}
