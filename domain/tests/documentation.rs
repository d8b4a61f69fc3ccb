//! `docs/actions` is what the catalogue says. `UPDATE_DOCS=1 cargo test -p domain --test documentation` writes it anew.

#![expect(clippy::unwrap_used, reason = "a folder that cannot be read fails the test")]

use std::{collections::BTreeMap, fs, path::PathBuf};

use domain::actions::{ActionKind, documentation};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/actions")
}

fn wanted() -> BTreeMap<String, String> {
    let pages = ActionKind::all().iter();
    let pages = pages.map(|kind| (format!("{kind}.md"), documentation::page(*kind)));
    pages.chain([("README.md".to_owned(), documentation::index())]).collect()
}

fn found() -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder()).into_iter().flatten().map(Result::unwrap);
    let file = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

#[test]
fn each_page_is_what_the_declaration_says() {
    let wanted = wanted();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let _absent = fs::remove_dir_all(folder());
        fs::create_dir_all(folder()).unwrap();
        for (name, page) in &wanted {
            fs::write(folder().join(name), page).unwrap();
        }
    }
    let found = found();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&wanted));
    for (name, page) in &wanted {
        assert_eq!(found[name], *page, "docs/actions/{name} is not what the catalogue says");
    }
}
