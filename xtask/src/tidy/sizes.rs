//! Rule: a source file is one idea, so it has at most 400 lines besides its tests.

use super::Finding;
use super::tree::Tree;

/// The most lines of code, comments included, that a file may have outside its test module.
const LIMIT: usize = 400;

/// Files that may be longer, each with the reason why splitting them would not help a reader.
const LONGER: &[(&str, &str)] = &[];

pub fn check(tree: &Tree) -> Vec<Finding> {
    check_with(tree, LONGER)
}

fn check_with(tree: &Tree, longer: &[(&str, &str)]) -> Vec<Finding> {
    let too_long = |path: &str, text: &str| !is_test(path) && lines(text) > LIMIT;
    let mut findings: Vec<_> = tree
        .texts(&["rs", "ts", "css"])
        .filter(|(path, text)| {
            too_long(path, text) && longer.iter().all(|(allowed, _)| allowed != path)
        })
        .map(|(path, text)| {
            let lines = lines(text);
            Finding::in_file(path, format!("{lines} lines; at most {LIMIT}: split it"))
        })
        .collect();
    let stale = longer.iter().filter(|(allowed, _)| {
        !tree
            .texts(&["rs", "ts", "css"])
            .any(|(path, text)| path == *allowed && too_long(path, text))
    });
    findings.extend(stale.map(|(path, _)| {
        Finding::in_file(path, "needs its exception from the size limit no longer")
    }));
    findings
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with(".spec.ts")
}

/// Lines before the file's own test module.
fn lines(text: &str) -> usize {
    let lines: Vec<_> = text.lines().collect();
    lines
        .windows(2)
        .position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod "))
        .unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str = "#[cfg(test)]\nmod tests {\n";

    fn file(lines: usize, tests: usize) -> String {
        format!("{}{TESTS}{}", "//!\n".repeat(lines), "//\n".repeat(tests))
    }

    #[test]
    fn only_lines_outside_tests_count() {
        let (short, long) = (file(LIMIT, 1000), file(LIMIT + 1, 0));
        let tree = Tree::of(&[
            ("domain/src/short.rs", &short),
            ("domain/src/long.rs", &long),
            ("domain/tests/long.rs", &long),
        ]);
        assert_eq!(
            check_with(&tree, &[]),
            [Finding::in_file("domain/src/long.rs", "401 lines; at most 400: split it")]
        );
    }

    #[test]
    fn an_exception_holds_until_it_is_stale() {
        let long = file(LIMIT + 1, 0);
        let tree = Tree::of(&[("app/src/words.rs", &long)]);
        let allowed = [("app/src/words.rs", "one catalogue")];
        assert_eq!(check_with(&tree, &allowed), []);

        let mended = Tree::of(&[("app/src/words.rs", "//! Short.\n")]);
        assert_eq!(check_with(&mended, &allowed).len(), 1);
    }
}
