//! Rule: no two packages have an integration test of one name, because suites select them by name alone.

use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, package) in tree.packages.iter().enumerate() {
        for test in &package.tests {
            let earlier = tree.packages[..index].iter().find(|it| it.tests.contains(test));
            if let Some(earlier) = earlier {
                let path = package.folder.join("tests").join(test).display().to_string();
                let complaint = format!("`{}` has an integration test `{test}` too", earlier.name);
                findings.push(Finding::in_file(&path, complaint));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    fn package(name: &str, tests: &[&str]) -> Package {
        Package {
            name: name.into(),
            folder: name.into(),
            tests: tests.iter().map(ToString::to_string).collect(),
            ..Package::default()
        }
    }

    #[test]
    fn a_name_used_twice_is_found() {
        let packages = vec![
            package("domain", &["permits"]),
            package("server", &["cluster", "permits"]),
            package("e2e", &["journeys"]),
        ];
        let tree = Tree { packages, ..Tree::default() };
        let found: Vec<_> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["server/tests/permits: `domain` has an integration test `permits` too"]);
    }
}
