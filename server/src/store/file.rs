//! The file of an SQLite database: made for its owner's eyes only, and noticed when it goes away.

use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use domain::store::StoreError;

/// One very file: SQLite would go on writing to it after it was removed, to nobody's use.
#[derive(Clone, Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl DatabaseFile {
    /// Creates the file with mode 0600 if there is none.
    pub(super) fn create_or_open(path: &Path) -> io::Result<Self> {
        OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        let path = path.canonicalize()?;
        let found = fs::metadata(&path)?;
        Ok(Self { path, device: found.dev(), inode: found.ino() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Fails when the path leads to this file no more.
    pub(super) fn still_there(&self) -> Result<(), StoreError> {
        match fs::metadata(&self.path) {
            Ok(found) if (found.dev(), found.ino()) == (self.device, self.inode) => Ok(()),
            Ok(_) => Err(self.gone("was replaced by another")),
            Err(error) => Err(self.gone(&format!("cannot be found ({error})"))),
        }
    }

    fn gone(&self, how: &str) -> StoreError {
        StoreError::Unavailable(format!(
            "the database file {} {how}; put it back and restart",
            self.path.display()
        ))
    }
}
