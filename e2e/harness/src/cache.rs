//! The one cache root, and the items in it. An item is complete or absent: it is made in a
//! folder beside its place and moved there when it is whole. Never evicts anything; a
//! person may delete the root at any time.

use std::{
    env, fs,
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// The environment variable that moves the cache.
pub const ROOT: &str = "SEKISHO_CACHE";

/// The cache could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither the variable nor a home folder says where the cache is.
    #[error("no cache folder: set {ROOT}, XDG_CACHE_HOME or HOME")]
    NoRoot,
    /// A key part would leave the item's place.
    #[error("`{0}` cannot name a cache item")]
    BadKey(String),
    /// The file system refused.
    #[error("cannot use the cache at {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The folder that keeps what is slow to make.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// The cache of this environment: `SEKISHO_CACHE`, else `$XDG_CACHE_HOME/sekisho`, else
    /// `~/.cache/sekisho`.
    pub fn open() -> Result<Self, Error> {
        let folder = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let root = folder(ROOT)
            .or_else(|| folder("XDG_CACHE_HOME").map(|home| home.join("sekisho")))
            .or_else(|| folder("HOME").map(|home| home.join(".cache/sekisho")))
            .ok_or(Error::NoRoot)?;
        let root = std::path::absolute(&root).map_err(at(&root))?;
        Ok(Self::at(root))
    }

    /// A cache at `root`, which need not exist yet.
    #[must_use]
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The newest complete item among those of `kind`, whatever its key.
    #[must_use]
    pub fn newest(&self, kind: &str) -> Option<PathBuf> {
        fs::read_dir(self.root.join(kind))
            .ok()?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.is_dir() && path.extension().is_none_or(|end| end != "part"))
            .max_by_key(|path| path.metadata().and_then(|it| it.modified()).ok())
    }

    /// The item of `kind` under `key`, made by `make` if it is absent.
    ///
    /// `make` fills the folder it is given; if it fails, nothing is kept. Two processes that
    /// want the same item make it once: the second waits. The key must say all that the
    /// item was made from.
    pub fn get_or_make<E: From<Error>>(
        &self,
        kind: &str,
        key: &str,
        make: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<PathBuf, E> {
        let place = self.place(kind, key)?;
        if place.is_dir() {
            return Ok(place);
        }
        let _lock = lock(&beside(&place, "lock"))?;
        if place.is_dir() {
            return Ok(place);
        }
        let part = beside(&place, "part");
        clear(&part)?;
        fs::create_dir_all(&part).map_err(at(&part))?;
        if let Err(error) = make(&part) {
            clear(&part)?;
            return Err(error);
        }
        fs::rename(&part, &place).map_err(at(&place))?;
        Ok(place)
    }

    fn place(&self, kind: &str, key: &str) -> Result<PathBuf, Error> {
        let harmless = |c: char| c.is_ascii_alphanumeric() || "+-_~.".contains(c);
        let reserved = [".part", ".lock"].iter().any(|end| key.ends_with(end));
        if key.is_empty() || key.starts_with('.') || reserved || !key.chars().all(harmless) {
            return Err(Error::BadKey(key.to_owned()));
        }
        Ok(self.root.join(kind).join(key))
    }
}

/// A short name for `text`, the same on every machine: FNV-1a, 64 bits. It tells versions of
/// our own recipes apart and is no defence against anybody.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn beside(place: &Path, end: &str) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

/// An exclusive lock, held until dropped; the kernel frees it when its holder dies.
fn lock(path: &Path) -> Result<File, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let file = File::create(path).map_err(at(path))?;
    file.lock().map_err(at(path))?;
    Ok(file)
}

fn clear(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(folder)(error)),
        _ => Ok(()),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::at(folder.path().join("cache"));
        (folder, cache)
    }

    #[test]
    fn an_item_is_made_once() {
        let (_folder, cache) = cache();
        let made = Cell::new(0);
        let get = || {
            cache.get_or_make("tools", "1.0", |part| -> Result<(), Error> {
                made.set(made.get() + 1);
                fs::write(part.join("tool"), "whole").map_err(at(part))
            })
        };

        let first = get().expect("made");
        let second = get().expect("kept");

        assert_eq!(first, second);
        assert_eq!(made.get(), 1);
        assert_eq!(fs::read_to_string(first.join("tool")).expect("there"), "whole");
    }

    #[test]
    fn a_failed_item_is_absent() {
        let (_folder, cache) = cache();

        let failed = cache.get_or_make("tools", "1.0", |part| {
            fs::write(part.join("tool"), "half").expect("written");
            Err(Error::NoRoot)
        });

        assert!(failed.is_err());
        assert_eq!(cache.newest("tools"), None);
        assert!(!cache.root().join("tools/1.0.part").exists());
    }

    #[test]
    fn what_a_killed_maker_left_is_not_an_item() {
        let (_folder, cache) = cache();
        let part = cache.root().join("tools/1.0.part");
        fs::create_dir_all(&part).expect("created");
        fs::write(part.join("stale"), "").expect("written");

        assert_eq!(cache.newest("tools"), None);
        let item = cache.get_or_make("tools", "1.0", |_| Ok::<_, Error>(())).expect("made");

        assert!(!item.join("stale").exists());
        assert_eq!(cache.newest("tools"), Some(item));
    }

    #[test]
    fn a_key_cannot_leave_its_place() {
        let (_folder, cache) = cache();

        for key in ["", "..", "a/b", ".hidden", "1.0.part", "1.0.lock", "a b"] {
            let refused = cache.get_or_make("tools", key, |_| Ok::<_, Error>(()));
            assert!(matches!(refused, Err(Error::BadKey(_))), "{key:?}");
        }
    }

    #[test]
    fn two_that_want_the_same_item_make_it_once() {
        let (_folder, cache) = cache();
        let made = std::sync::atomic::AtomicU32::new(0);
        let get = || {
            cache.get_or_make("tools", "1.0", |_| {
                made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                Ok::<_, Error>(())
            })
        };

        std::thread::scope(|scope| {
            let others: Vec<_> = (0..8).map(|_| scope.spawn(get)).collect();
            for other in others {
                other.join().expect("no panic").expect("got it");
            }
        });

        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn fingerprints_are_the_published_fnv_1a() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("foobar"), "85944171f73967e8");
    }
}
