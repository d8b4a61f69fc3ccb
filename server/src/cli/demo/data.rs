//! Where a demo keeps what it keeps.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// Where the console keeps what it keeps: a folder somebody named, or one that goes with it.
pub(super) enum Data {
    /// A folder somebody named.
    Kept(PathBuf),
    /// A folder that goes with the demo.
    Temporary(TempDir),
}

impl Data {
    pub(super) fn open(folder: Option<PathBuf>) -> io::Result<Self> {
        match folder {
            None => tempfile::Builder::new().prefix("sekisho-demo-").tempdir().map(Self::Temporary),
            Some(folder) => {
                fs::create_dir_all(&folder)?;
                folder.canonicalize().map(Self::Kept)
            }
        }
    }

    pub(super) fn folder(&self) -> &Path {
        match self {
            Self::Kept(folder) => folder,
            Self::Temporary(folder) => folder.path(),
        }
    }
}
