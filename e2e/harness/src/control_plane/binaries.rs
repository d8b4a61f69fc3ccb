//! The control plane's programs, built once from Debian's source and kept in the cache.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::debian_source::{self, Sources};
use crate::{
    cache::{self, Cache, fingerprint},
    packages,
    progress::{Progress, Report},
    tool,
};

/// How the programs are built. Its text is part of the cache key.
const RECIPE: &str = include_str!("../../recipes/kubernetes.sh");

/// The source package, and the only minor version that the recipe knows how to build.
const PACKAGE: &str = "kubernetes";
const MINOR: &str = "1.20.";

/// What the recipe needs; not needed again once the programs are built.
const BUILD_PACKAGES: &[&str] =
    &["dpkg-dev", "golang-1.19-go", "golang-github-modern-go-reflect2-dev"];

/// What the running control plane needs besides.
pub const PACKAGES: &[&str] = &["etcd-server", "openssl"];

/// The programs could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// They were never built on this machine.
    #[error("the Kubernetes control plane is not built yet: `cargo xtask test` builds it once")]
    NotBuilt,
    /// The mirrors carry another Kubernetes.
    #[error("Debian offers Kubernetes {0} here; the recipe builds {MINOR}x, from Debian 12")]
    WrongVersion(String),
    /// Packages are missing.
    #[error(transparent)]
    Packages(#[from] packages::Error),
    /// The source could not be fetched.
    #[error(transparent)]
    Source(#[from] debian_source::Error),
    /// The build failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// The cache could not be used.
    #[error(transparent)]
    Cache(#[from] cache::Error),
    /// The file system refused.
    #[error("cannot build in {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The built programs.
#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Those in the cache. Never builds.
    pub fn find(cache: &Cache) -> Result<Self, Error> {
        let folder = cache.newest(&kind()).ok_or(Error::NotBuilt)?;
        Ok(Self { folder })
    }

    /// Those in the cache, built from Debian's current source if there are none: a few
    /// minutes, once. Installs what building or running them needs.
    pub(super) fn find_or_build(cache: &Cache, progress: Progress<'_>) -> Result<Self, Error> {
        if let Ok(found) = Self::find(cache) {
            packages::ensure(PACKAGES, progress)?;
            return Ok(found);
        }
        packages::ensure(&[BUILD_PACKAGES, PACKAGES].concat(), progress)?;
        let sources = Sources::update(&cache.root().join("debian-sources"), progress)?;
        let version = sources.version(PACKAGE)?;
        if !contained_version(&version).starts_with(MINOR) {
            return Err(Error::WrongVersion(version));
        }
        let folder = cache
            .get_or_make(&kind(), &version, |part| build(&sources, &version, part, progress))?;
        Ok(Self { folder })
    }

    /// The folder that holds them all.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Version of the source package they were built from, such as `1.20.5+really1.20.2-1.1`.
    #[must_use]
    pub fn source_version(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// One kind for each text of the recipe; within it, one item for each source version.
fn kind() -> String {
    format!("{PACKAGE}/{}", fingerprint(RECIPE))
}

fn build(
    sources: &Sources,
    version: &str,
    out: &Path,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { path, source }
    };
    let work = out.join("work");
    fs::create_dir(&work).map_err(io(&work))?;
    let source = sources.download(PACKAGE, version, &work, progress)?;
    let recipe = work.join("recipe.sh");
    fs::write(&recipe, RECIPE).map_err(io(&recipe))?;

    progress(Report::Step("build the Kubernetes control plane (minutes, once)"));
    let mut build = Command::new("nice");
    tool::run(build.arg("bash").arg(&recipe).arg(&source).arg(&work).arg(out), progress)?;
    fs::remove_dir_all(&work).map_err(io(&work))
}

/// `1.20.2` of Debian's `1.20.5+really1.20.2-1.1`.
fn contained_version(debian: &str) -> &str {
    let upstream = debian.rsplit_once("+really").map_or(debian, |(_, really)| really);
    upstream.split('-').next().unwrap_or(upstream)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contained_version_is_the_real_one() {
        assert_eq!(contained_version("1.20.5+really1.20.2-1.1+deb12u1"), "1.20.2");
        assert_eq!(contained_version("1.32.3-1"), "1.32.3");
    }

    #[test]
    fn an_empty_cache_has_none_and_says_who_builds_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");

        let error = Binaries::find(&Cache::at(folder.path().to_owned())).expect_err("empty");

        assert!(error.to_string().contains("cargo xtask test"));
    }
}
