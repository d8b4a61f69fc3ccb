//! Rule: documents name only what exists: every relative link, and every path in backticks, leads somewhere.

use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts(&["md"])
        .flat_map(|(path, text)| {
            prose(text).flat_map(move |(index, line)| {
                dead_links(tree, path, line)
                    .chain(dead_paths(tree, line))
                    .map(move |target| {
                        Finding::in_line(path, index, format!("`{target}` does not exist"))
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect()
}

/// The lines outside fenced blocks, which show commands and output rather than references.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        !fenced && !is_fence
    })
}

/// Targets of `[text](target)`, resolved from the document's folder.
fn dead_links<'a>(
    tree: &'a Tree,
    document: &'a str,
    line: &'a str,
) -> impl Iterator<Item = String> + 'a {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or(target))
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .map(move |target| resolve(document, target))
        .filter(|target| !tree.holds(target))
}

/// Paths in backticks: what starts with one of the repository's own folders.
fn dead_paths<'a>(tree: &'a Tree, line: &'a str) -> impl Iterator<Item = String> + 'a {
    line.split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| is_path(tree, quoted))
        .filter(|quoted| !tree.holds(quoted))
        .map(str::to_owned)
}

fn is_path(tree: &Tree, quoted: &str) -> bool {
    let letter = |it: char| it.is_ascii_alphanumeric() || "/._-".contains(it);
    let is_ours = |folder: &str| !folder.is_empty() && tree.holds(&format!("{folder}/"));
    quoted.chars().all(letter)
        && quoted
            .split_once('/')
            // `target/` is nobody's to commit, so nothing below it can be held.
            .is_some_and(|(folder, _)| is_ours(folder))
}

/// A link as a path from the root: `../style/base.css` in `docs/guide.md` is `style/base.css`.
fn resolve(document: &str, target: &str) -> String {
    let mut parts: Vec<_> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/guide.md", text),
            ("docs/security.md", ""),
            ("server/src/main.rs", ""),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn dead_links_are_found_with_their_line() {
        let text = "[s](security.md#keys) [m](../server/src/main.rs) [w](https://example.org)\n\
                    [gone](gone.md)\n";
        assert_eq!(
            found(text),
            ["docs/guide.md:2: `docs/gone.md` does not exist"]
        );
    }

    #[test]
    fn dead_paths_in_backticks_are_found() {
        let text = "`server/src/main.rs`, `server/`, `GET /api/v1`, `/etc/hosts`, `a/b`\n\
                    `server/src/gone.rs`\n";
        assert_eq!(
            found(text),
            ["docs/guide.md:2: `server/src/gone.rs` does not exist"]
        );
    }

    #[test]
    fn fenced_blocks_are_not_references() {
        assert!(found("```\n[x](gone.md) `server/gone`\n```\n").is_empty());
    }
}
