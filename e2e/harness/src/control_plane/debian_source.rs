//! Debian's source packages, fetched without touching the machine's own package settings:
//! apt runs with lists and sources of ours, derived from the mirrors that the machine uses.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    progress::{Progress, Report},
    tool,
};

/// A source package could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// apt knows no Debian mirror.
    #[error("apt knows no Debian mirror yet; run:\n  sudo apt-get update")]
    NoMirror,
    /// The mirrors do not carry it.
    #[error("Debian's mirrors offer no source package `{0}`")]
    NotOffered(String),
    /// apt failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// The file system refused.
    #[error("cannot keep apt's lists in {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Source packages as the mirrors offer them now.
pub(super) struct Sources {
    folder: PathBuf,
}

impl Sources {
    /// Asks the mirrors, and keeps their lists in `folder`.
    pub(super) fn update(folder: &Path, progress: Progress<'_>) -> Result<Self, Error> {
        progress(Report::Step("ask Debian's mirrors for source packages"));
        let sources = Self { folder: folder.to_owned() };
        let list = source_list(&tool::output(&mut mirrors())?).ok_or(Error::NoMirror)?;
        fs::create_dir_all(folder.join("lists/partial"))
            .and_then(|()| fs::write(folder.join("sources.list"), list))
            .map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        tool::run(sources.apt("apt-get").arg("update"), progress)?;
        Ok(sources)
    }

    /// The newest version of `package`.
    pub(super) fn version(&self, package: &str) -> Result<String, Error> {
        let mut show = self.apt("apt-cache");
        let records = tool::output(show.args(["showsrc", "--only-source", package]))?;
        records
            .lines()
            .find_map(|line| line.strip_prefix("Version: "))
            .map(str::to_owned)
            .ok_or_else(|| Error::NotOffered(package.to_owned()))
    }

    /// Downloads `package` at `version` into `folder` and returns its `.dsc`.
    pub(super) fn download(
        &self,
        package: &str,
        version: &str,
        folder: &Path,
        progress: Progress<'_>,
    ) -> Result<PathBuf, Error> {
        progress(Report::Step(&format!("download the source of {package} {version}")));
        let mut source = self.apt("apt-get");
        source.args(["source", "--download-only", "--only-source"]).current_dir(folder);
        tool::run(source.arg(format!("{package}={version}")), progress)?;
        // An epoch is no part of file names.
        let file_version = version.split_once(':').map_or(version, |(_, rest)| rest);
        Ok(folder.join(format!("{package}_{file_version}.dsc")))
    }

    fn apt(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("LC_ALL", "C").args(["-q", "-o", "Dir::Etc::SourceParts=/dev/null"]);
        // The sandbox user cannot look into a home folder.
        command.args(["-o", "APT::Sandbox::User=root"]);
        for (setting, place) in [
            ("Dir::Etc::SourceList", "sources.list"),
            ("Dir::State::Lists", "lists"),
            ("Dir::Cache", "cache"),
        ] {
            command.arg("-o").arg(format!("{setting}={}", self.folder.join(place).display()));
        }
        command
    }
}

/// The binary package lists of Debian that the machine's apt knows.
fn mirrors() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("LC_ALL", "C")
        .args(["indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)"])
        .args(["Created-By: Packages", "Origin: Debian"]);
    command
}

/// A `sources.list` of the source packages that belong to those lists.
fn source_list(mirrors: &str) -> Option<String> {
    // One line for each architecture otherwise.
    let mirrors: BTreeSet<&str> = mirrors.lines().filter(|line| !line.is_empty()).collect();
    let keys = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";
    let lines = mirrors.iter().map(|mirror| format!("deb-src {keys} {mirror}\n"));
    (!mirrors.is_empty()).then(|| lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mirror_is_listed_once() {
        let list = source_list(
            "http://deb.debian.org/debian/ bookworm main\n\
             http://deb.debian.org/debian/ bookworm main\n\
             http://deb.debian.org/debian/ bookworm-updates main\n",
        );

        assert_eq!(
            list.expect("mirrors"),
            "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian/ bookworm main\n\
             deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian/ bookworm-updates main\n"
        );
        assert_eq!(source_list(""), None);
    }
}
