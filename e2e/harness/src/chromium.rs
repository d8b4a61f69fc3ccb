//! Debian's Chromium, for the browser journeys: where it is and how to start it so that it
//! talks to nobody but us.

use std::path::{Path, PathBuf};

use crate::{packages, progress::Progress};

/// What must be installed. The fonts render Japanese; without them pages show boxes.
pub const PACKAGES: &[&str] = &["chromium", "fonts-noto-core", "fonts-noto-cjk"];

/// Flags for a headless run as any user, root included, that calls no outside service.
pub const FLAGS: &[&str] = &[
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

const EXECUTABLE: &str = "/usr/bin/chromium";

/// Chromium is not installed.
#[derive(Debug, thiserror::Error)]
#[error("no Chromium at {EXECUTABLE}; install it with:\n  {}", packages::command_for(PACKAGES))]
pub struct Absent;

/// Installs Chromium and its fonts if they are missing.
pub fn prepare(progress: Progress<'_>) -> Result<(), packages::Error> {
    packages::ensure(PACKAGES, progress)
}

/// The executable's path.
pub fn executable() -> Result<PathBuf, Absent> {
    let path = Path::new(EXECUTABLE);
    path.exists().then(|| path.to_owned()).ok_or(Absent)
}
