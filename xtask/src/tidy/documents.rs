//! Rule: documents name only what exists: every relative link, and every path in backticks, leads somewhere.
//!
//! Comments in code are held to the same for paths; their links are rustdoc's to check.

use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let documents = tree.texts(&["md"]).flat_map(|(path, text)| {
        prose(text.lines()).flat_map(move |(index, line)| {
            let dead = dead_links(tree, path, line).chain(dead_paths(tree, line));
            dead.map(move |target| missing(path, index, &target))
        })
    });
    let comments = tree.texts(&["rs"]).flat_map(|(path, text)| {
        prose(text.lines().map(comment)).flat_map(move |(index, line)| {
            dead_paths(tree, line).map(move |target| missing(path, index, &target))
        })
    });
    documents.chain(comments).collect()
}

fn missing(path: &str, index: usize, target: &str) -> Finding {
    Finding::in_line(path, index, format!("`{target}` does not exist"))
}

/// What a line of code says to its reader; nothing if it is no comment.
fn comment(line: &str) -> &str {
    let line = line.trim_start();
    line.strip_prefix("//").map_or("", |text| text.trim_start_matches(['/', '!']))
}

/// The lines outside fenced blocks, which show commands and output rather than references.
fn prose<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut fenced = false;
    lines.enumerate().filter(move |(_, line)| {
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

/// A link as a path from the root: `../style/base.css`, written in a document below `docs/`, is `style/base.css`.
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
        assert_eq!(found(text), ["docs/guide.md:2: `docs/gone.md` does not exist"]);
    }

    #[test]
    fn dead_paths_in_backticks_are_found() {
        let text = "`server/src/main.rs`, `server/`, `GET /api/v1`, `/etc/hosts`, `a/b`\n\
                    `server/src/gone.rs`\n";
        assert_eq!(found(text), ["docs/guide.md:2: `server/src/gone.rs` does not exist"]);
    }

    #[test]
    fn comments_in_code_are_held_to_it_and_code_is_not() {
        let code = "//! See `docs/gone.md`.\nlet path = \"`docs/other.md`\";\n";
        let tree = Tree::of(&[("app/src/lib.rs", code), ("docs/guide.md", "")]);
        let found: Vec<_> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["app/src/lib.rs:1: `docs/gone.md` does not exist"]);
    }

    #[test]
    fn fenced_blocks_are_not_references() {
        assert!(found("```\n[x](gone.md) `server/gone`\n```\n").is_empty());
    }
}
