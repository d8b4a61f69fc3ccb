//! The node's own cgroups: one under the root of each hierarchy, with everything that its
//! kubelet makes below. What a killed run left is removed before they are made again.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Error, at};
use crate::{cache::fingerprint, wait};

/// Where Linux has them.
const ROOT: &str = "/sys/fs/cgroup";

/// The hierarchies without which no kubelet starts.
const NEEDED: &[&str] = &["cpu", "cpuacct", "cpuset", "devices", "freezer", "memory", "pids"];

/// How long the kernel may take to forget processes that are dead.
const LIMIT: Duration = Duration::from_secs(10);

/// Cgroups that end with their value.
#[derive(Debug)]
pub(super) struct Cgroups {
    name: String,
}

impl Cgroups {
    /// Those that this machine lacks.
    pub(super) fn missing() -> Vec<&'static str> {
        let is_there = |name: &str| Path::new(ROOT).join(name).join("cgroup.procs").exists();
        NEEDED.iter().copied().filter(|name| !is_there(name)).collect()
    }

    /// New ones for the run in `folder`.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        let name = format!("sekisho-{}", fingerprint(&folder.to_string_lossy()));
        let cgroups = Self { name };
        for place in cgroups.places()? {
            remove(&place)?;
            fs::create_dir(&place).map_err(at(&place))?;
        }
        Ok(cgroups)
    }

    /// Their path in each hierarchy.
    pub(super) fn path(&self) -> String {
        format!("/{}", self.name)
    }

    /// One in each hierarchy; some machines have links to them beside them.
    fn places(&self) -> Result<Vec<PathBuf>, Error> {
        let inside = fs::read_dir(ROOT).map_err(at(Path::new(ROOT)))?.filter_map(Result::ok);
        let folders = inside.filter(|entry| entry.file_type().is_ok_and(|it| it.is_dir()));
        let hierarchies = folders.map(|entry| entry.path());
        let hierarchies = hierarchies.filter(|path| path.join("cgroup.procs").exists());
        Ok(hierarchies.map(|path| path.join(&self.name)).collect())
    }
}

impl Drop for Cgroups {
    fn drop(&mut self) {
        // What is not removed now is removed at the next start.
        for place in self.places().unwrap_or_default() {
            drop(remove(&place));
        }
    }
}

/// Removes a cgroup and those below it, as soon as nothing runs in them.
fn remove(cgroup: &Path) -> Result<(), Error> {
    let removed = wait::until("the end of a cgroup", LIMIT, || match remove_tree(cgroup) {
        Err(error) if error.kind() == io::ErrorKind::ResourceBusy => None,
        removed => Some(removed),
    });
    removed?.map_err(at(cgroup))
}

/// Unlike a usual folder, a cgroup goes with the files that are in it.
fn remove_tree(cgroup: &Path) -> io::Result<()> {
    if !cgroup.exists() {
        return Ok(());
    }
    for inside in fs::read_dir(cgroup)? {
        let inside = inside?;
        if inside.file_type()?.is_dir() {
            remove_tree(&inside.path())?;
        }
    }
    fs::remove_dir(cgroup)
}
