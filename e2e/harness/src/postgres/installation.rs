//! Where Debian keeps the server's programs: one folder per major version.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of all versions.
pub(super) const ROOT: &str = "/usr/lib/postgresql";

/// One installed version.
#[derive(Debug)]
pub(super) struct Installation {
    programs: PathBuf,
}

impl Installation {
    /// The newest installed version.
    pub(super) fn find() -> Option<Self> {
        newest(Path::new(ROOT)).map(|programs| Self { programs })
    }

    /// One of its programs, not yet run. Messages are in English.
    pub(super) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.env("LC_ALL", "C.UTF-8");
        command
    }
}

fn newest(root: &Path) -> Option<PathBuf> {
    let major = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    fs::read_dir(root)
        .ok()?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(major)
        .map(|path| path.join("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers_and_clients_alone_do_not_count() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for version in ["9", "15"] {
            let programs = root.path().join(version).join("bin");
            fs::create_dir_all(&programs).expect("created");
            fs::write(programs.join("initdb"), "").expect("written");
        }
        fs::create_dir_all(root.path().join("17/bin")).expect("created");

        assert_eq!(newest(root.path()), Some(root.path().join("15/bin")));
        assert_eq!(newest(Path::new("/nonexistent")), None);
    }
}
