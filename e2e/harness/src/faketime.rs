//! Debian's libfaketime, for programs under test whose clock has to go ahead of the machine's: where it is.

use std::{
    env::consts::ARCH,
    path::{Path, PathBuf},
};

use crate::{packages, progress::Progress};

/// What must be installed.
pub const PACKAGES: &[&str] = &["libfaketime"];

/// libfaketime is not where Debian puts it.
#[derive(Debug, thiserror::Error)]
#[error("no libfaketime at {0}; install it with:\n  {install}", install = packages::command_for(PACKAGES))]
pub struct Absent(String);

/// Installs it if it is missing.
pub fn prepare(progress: Progress<'_>) -> Result<(), packages::Error> {
    packages::ensure(PACKAGES, progress)
}

/// The library to preload into a program of several threads.
pub fn library() -> Result<PathBuf, Absent> {
    let path = format!("/usr/lib/{ARCH}-linux-gnu/faketime/libfaketimeMT.so.1");
    if !Path::new(&path).exists() {
        return Err(Absent(path));
    }
    Ok(path.into())
}
