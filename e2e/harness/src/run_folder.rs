//! A run folder: where running services keep their state, with a note of who runs them.
//! What a killed run left behind is found by that note and cleared. Never touches a folder
//! that it did not make, nor one whose owner still lives.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::identity::Identity;

const OWNER: &str = "owner";
const PROCESSES: &str = "processes";

/// A run folder could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody is running services there now.
    #[error("{} is in use by process {pid}", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
        /// The living owner.
        pid: u32,
    },
    /// The folder holds something that is not ours to clear.
    #[error("{} is no run folder and not empty: it is left alone", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("cannot use the run folder {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A folder owned by this process, readable by nobody else.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
}

impl RunFolder {
    /// Takes `path`: new, empty, or left behind by a run that was killed.
    pub fn claim(path: &Path) -> Result<Self, Error> {
        let path = std::path::absolute(path).map_err(at(path))?;
        if path.join(OWNER).exists() {
            clear_leftover(&path)?;
        } else if fs::read_dir(&path).is_ok_and(|mut inside| inside.next().is_some()) {
            return Err(Error::Foreign { path });
        } else if path.exists() {
            fs::remove_dir(&path).map_err(at(&path))?;
        }
        Self::create(path)
    }

    /// A new folder in `parent`, named after `name`. Clears those that killed runs left there.
    pub fn fresh(parent: &Path, name: &str) -> Result<Self, Error> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        clear_leftovers(parent, name);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self::create(parent.join(format!("{name}-{}-{number}", process::id())))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes that the process `pid` belongs to this run.
    pub fn record(&self, name: &str, pid: u32) -> Result<(), Error> {
        let note = self.path.join(PROCESSES).join(name);
        let Some(identity) = Identity::of(pid) else {
            return Ok(());
        };
        fs::write(&note, identity.to_string()).map_err(at(&note))
    }

    /// Removes the folder with all that is in it.
    pub fn remove(self) -> Result<(), Error> {
        remove(&self.path)
    }

    fn create(path: PathBuf) -> Result<Self, Error> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        // Not `create_dir_all`: what exists already is not ours.
        DirBuilder::new().mode(0o700).create(&path).map_err(at(&path))?;
        // The note of the owner comes first and goes last: whenever we are killed, the folder
        // is empty or known to be ours.
        let owner = Identity::own().map(|own| own.to_string()).unwrap_or_default();
        fs::write(path.join(OWNER), owner).map_err(at(&path))?;
        let processes = path.join(PROCESSES);
        fs::create_dir(&processes).map_err(at(&processes))?;
        Ok(Self { path })
    }
}

/// Stops what a dead owner's run still runs and removes its folder.
fn clear_leftover(path: &Path) -> Result<(), Error> {
    if let Some(owner) = read(&path.join(OWNER)).filter(|owner| owner.is_alive()) {
        return Err(Error::InUse { path: path.to_owned(), pid: owner.pid() });
    }
    // Without notes, it was killed before it ran anything, or while it was cleared.
    let notes = fs::read_dir(path.join(PROCESSES)).into_iter().flatten();
    let processes = notes.filter_map(Result::ok).filter_map(|note| read(&note.path()));
    processes.for_each(Identity::stop);
    remove(path)
}

/// Removes a run folder, the note of its owner last.
fn remove(path: &Path) -> Result<(), Error> {
    let owner = path.join(OWNER);
    for entry in fs::read_dir(path).map_err(at(path))? {
        let entry = entry.map_err(at(path))?;
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        let inside = entry.path();
        if is_folder {
            fs::remove_dir_all(&inside).map_err(at(&inside))?;
        } else if inside != owner {
            fs::remove_file(&inside).map_err(at(&inside))?;
        }
    }
    fs::remove_file(&owner).and_then(|()| fs::remove_dir(path)).map_err(at(path))
}

/// Clears the leftovers of `fresh` folders. Failing that is no reason not to run: another
/// process may be clearing the same ones, or they are another user's.
fn clear_leftovers(parent: &Path, name: &str) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&format!("{name}-")))
        .filter(|entry| entry.path().join(OWNER).exists())
        .for_each(|entry| drop(clear_leftover(&entry.path())));
}

fn read(note: &Path) -> Option<Identity> {
    fs::read_to_string(note).ok()?.parse().ok()
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Child, Command};

    fn parent() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    /// A folder as a killed run leaves it: its owner is dead, its process lives.
    fn leftover(path: PathBuf) -> (Identity, Child) {
        let child = Command::new("sleep").arg("1000").spawn().expect("sleep runs");
        let folder = RunFolder::create(path).expect("created");
        folder.record("sleep", child.id()).expect("recorded");
        let mut dead = Command::new("true").spawn().expect("true runs");
        fs::write(folder.path().join(OWNER), format!("{} 1", dead.id())).expect("written");
        dead.wait().expect("reaped");
        (Identity::of(child.id()).expect("alive"), child)
    }

    #[test]
    fn a_living_owner_is_respected() {
        let parent = parent();
        let path = parent.path().join("run");
        let _owned = RunFolder::claim(&path).expect("new");

        let second = RunFolder::claim(&path);

        assert!(matches!(second, Err(Error::InUse { pid, .. }) if pid == process::id()));
    }

    #[test]
    fn a_foreign_folder_is_left_alone() {
        let parent = parent();
        let path = parent.path().join("documents");
        fs::create_dir(&path).expect("created");
        fs::write(path.join("thesis"), "years of work").expect("written");

        assert!(matches!(RunFolder::claim(&path), Err(Error::Foreign { .. })));
        assert!(path.join("thesis").exists());
    }

    #[test]
    fn claiming_a_leftover_stops_what_it_still_runs() {
        let parent = parent();
        let path = parent.path().join("run");
        let (process, mut child) = leftover(path.clone());
        fs::write(path.join("state"), "stale").expect("written");

        let folder = RunFolder::claim(&path).expect("cleared");

        assert!(!process.is_alive());
        assert!(!folder.path().join("state").exists());
        child.wait().expect("reaped");
    }

    #[test]
    fn a_clearing_that_was_itself_killed_is_finished() {
        let parent = parent();
        let path = parent.path().join("run");
        let (process, mut child) = leftover(path.clone());
        process.stop();
        child.wait().expect("reaped");
        fs::remove_dir_all(path.join(PROCESSES)).expect("removed");

        RunFolder::claim(&path).expect("cleared");
    }

    #[test]
    fn a_fresh_folder_clears_leftovers_of_its_name_only() {
        let parent = parent();
        let (mine, mut mine_child) = leftover(parent.path().join("run-1-0"));
        let (other, mut other_child) = leftover(parent.path().join("walk-1-0"));

        let folder = RunFolder::fresh(parent.path(), "run").expect("fresh");

        assert!(!mine.is_alive());
        assert!(other.is_alive());
        assert!(folder.path().exists());
        other.stop();
        mine_child.wait().expect("reaped");
        other_child.wait().expect("reaped");
    }

    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = parent();

        let folder = RunFolder::fresh(parent.path(), "run").expect("fresh");

        let mode = fs::metadata(folder.path()).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
