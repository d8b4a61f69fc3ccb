//! Rule: every package takes its lints from the workspace, so that no corner of the repository is held to less.

use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts(&["toml"])
        .filter(|(path, text)| path.strip_suffix("/Cargo.toml").is_some() && !inherits(text))
        .map(|(path, _)| Finding::in_file(path, "lacks `[lints] workspace = true`"))
        .collect()
}

fn inherits(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim);
    lines.any(|line| line == "[lints]") && lines.next() == Some("workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_without_the_workspace_s_lints_is_found() {
        let tree = Tree::of(&[
            ("Cargo.toml", "[workspace]\n"),
            ("app/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n"),
            ("e2e/Cargo.toml", "[package]\n\n[dependencies]\nworkspace = true\n"),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|it| it.path).collect();
        assert_eq!(found, ["e2e/Cargo.toml"]);
    }
}
