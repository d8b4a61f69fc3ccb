//! Rule: both databases have the same migrations, file for file.

use std::collections::BTreeSet;

use super::Finding;
use super::tree::Tree;

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let [sqlite, postgres] = ENGINES.map(|engine| names(tree, engine));
    sqlite
        .symmetric_difference(&postgres)
        .map(|name| {
            let [has, lacks] =
                if sqlite.contains(name) { ENGINES } else { [ENGINES[1], ENGINES[0]] };
            let complaint = format!("has no counterpart in migrations/{lacks}");
            Finding::in_file(&format!("migrations/{has}/{name}"), complaint)
        })
        .collect()
}

fn names<'a>(tree: &'a Tree, engine: &str) -> BTreeSet<&'a str> {
    let folder = format!("migrations/{engine}/");
    tree.files.iter().filter_map(|file| file.path.strip_prefix(&folder)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_for_one_engine_only_is_found() {
        let tree = Tree::of(&[
            ("migrations/postgres/0001_entries.sql", ""),
            ("migrations/sqlite/0001_entries.sql", ""),
            ("migrations/sqlite/0002_requests.sql", ""),
        ]);
        let found: Vec<_> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            ["migrations/sqlite/0002_requests.sql: has no counterpart in migrations/postgres"]
        );
    }
}
