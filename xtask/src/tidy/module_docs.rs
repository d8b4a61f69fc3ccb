//! Rule: every module opens with `//!`, which says what it is for and what it never does.

use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts(&["rs"])
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| Finding::in_line(path, 0, "the module does not open with `//!`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_documentation_is_found() {
        let tree = Tree::of(&[
            ("app/src/good.rs", "//! Shows tenants.\nfn show() {}\n"),
            ("app/src/bad.rs", "fn show() {}\n//! Too late.\n"),
            ("app/src/empty.rs", ""),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|it| it.path).collect();
        assert_eq!(found, ["app/src/bad.rs", "app/src/empty.rs"]);
    }
}
