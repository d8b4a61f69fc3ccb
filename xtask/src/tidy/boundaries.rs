//! Rule: only the server's `demo` command names the embedded demo cluster; everyone else reaches it over TCP.

use super::Finding;
use super::tree::Tree;

const CRATE: &str = concat!("demo", "_cluster");

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts(&["rs"])
        .filter(|(path, _)| !may_name(path))
        .flat_map(|(path, text)| {
            text.lines().enumerate().filter(|(_, line)| line.contains(CRATE)).map(
                move |(index, _)| {
                    let complaint = format!("only the `demo` command may name `{CRATE}`");
                    Finding::in_line(path, index, complaint)
                },
            )
        })
        .collect()
}

/// The crate itself, the command, and the tests that start one.
fn may_name(path: &str) -> bool {
    let command = path
        .strip_prefix("server/src/")
        .is_some_and(|path| path.ends_with("demo.rs") || path.contains("demo/"));
    command
        || ["server/demo/", "server/tests/", "e2e/tests/"]
            .iter()
            .any(|tests| path.starts_with(tests))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_command_and_the_tests_may_and_nobody_else() {
        let text = format!("//! x\nuse {CRATE}::start;\n");
        let tree = Tree::of(&[
            ("e2e/tests/cluster_contract.rs", &text),
            ("server/demo/src/main.rs", &text),
            ("server/src/cluster/watch.rs", &text),
            ("server/src/commands/demo.rs", &text),
        ]);
        let found: Vec<_> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [format!("server/src/cluster/watch.rs:2: only the `demo` command may name `{CRATE}`")]
        );
    }
}
