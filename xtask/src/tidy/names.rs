//! Rule: a folder of modules is opened by its `mod.rs`, and no module is named after nothing in particular.

use super::Finding;
use super::tree::Tree;

/// Names that would fit any content, and therefore tell nothing about theirs.
const HOLLOW: &[&str] = &["utils", "util", "common", "helpers", "helper", "manager", "misc"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _) in tree.texts(&["rs"]) {
        let stem = path.trim_end_matches(".rs");
        if let Some(name) = stem.split('/').find(|part| HOLLOW.contains(part)) {
            findings.push(Finding::in_file(
                path,
                format!("`{name}` tells nothing: name it after what it is about"),
            ));
        }
        if tree.holds(&format!("{stem}/mod.rs")) {
            findings.push(Finding::in_file(path, "stands beside its own `mod.rs`"));
        } else if !is_root(stem) && tree.holds(stem) {
            findings
                .push(Finding::in_file(path, format!("belongs into its folder, as {stem}/mod.rs")));
        }
    }
    findings
}

/// Test binaries are crate roots: `tests/contract.rs` may have `tests/contract/` beside it.
fn is_root(stem: &str) -> bool {
    stem.rsplit_once('/').is_some_and(|(folder, _)| folder.ends_with("tests"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        let files: Vec<_> = paths.iter().map(|path| (*path, "")).collect();
        check(&Tree::of(&files)).into_iter().map(|it| it.path).collect()
    }

    #[test]
    fn hollow_names_are_found_in_any_part_of_a_path() {
        let paths =
            ["app/src/common/mod.rs", "app/src/tenants/utils.rs", "app/src/tenants/list.rs"];
        assert_eq!(found(&paths), &paths[..2]);
    }

    #[test]
    fn a_module_beside_its_folder_is_found() {
        let split = ["app/src/tenants.rs", "app/src/tenants/list.rs"];
        assert_eq!(found(&split), &split[..1]);
        assert!(found(&["app/src/tenants/mod.rs", "app/src/tenants/list.rs"]).is_empty());
        assert!(found(&["e2e/tests/contract.rs", "e2e/tests/contract/pods.rs"]).is_empty());
    }
}
