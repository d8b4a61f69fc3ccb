//! The folder's files as bytes, and the one digest of them all.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use domain::{
    canonical::Digest,
    policy::{PolicyDigest, PolicyTrouble},
};

use super::{
    source_text::{SourceText, line_of},
    trouble::{InvalidPolicy, Troubles},
};

pub(super) const PEOPLE: &str = "people.toml";
pub(super) const TEAMS: &str = "teams.toml";
pub(super) const CODEOWNERS: &str = "CODEOWNERS";
pub(super) const RULES: &str = "console.cedar";
pub(super) const ACTIONS: &str = "actions.toml";
pub(super) const NOTIFICATIONS: &str = "notifications.toml";
pub(super) const ON_CALL: &str = "oncall.toml";
pub(super) const ROLES: &str = "roles.toml";

/// The files of every policy folder; each must be there.
const FILES: [&str; 5] = [ACTIONS, CODEOWNERS, PEOPLE, RULES, TEAMS];
/// Files that a folder may lack.
const OPTIONAL: [&str; 3] = [NOTIFICATIONS, ON_CALL, ROLES];

/// What a file may hold. A folder that grows past it was not meant for people to review.
const LARGEST_FILE: u64 = 1024 * 1024;

/// The files of a policy folder, as they were at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    files: BTreeMap<Cow<'static, str>, Vec<u8>>,
}

impl Folder {
    /// Reads a folder. This blocks on the file system.
    ///
    /// A `.toml` or `.cedar` file that is none of these is trouble too: its author believes
    /// that it counts. Calendars are whatever they are called.
    pub fn read(dir: &Path) -> Result<Self, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let mut files = BTreeMap::new();
        for file in FILES {
            if let Some(bytes) = troubles.keep(read_file(dir, file)) {
                files.insert(Cow::Borrowed(file), bytes);
            }
        }
        for file in OPTIONAL {
            // Looked for as a name, so that a link that leads nowhere does not pass for a file that is not there.
            if dir.join(file).symlink_metadata().is_ok()
                && let Some(bytes) = troubles.keep(read_file(dir, file))
            {
                files.insert(Cow::Borrowed(file), bytes);
            }
        }
        match fs::read_dir(dir) {
            Ok(entries) => {
                let names = entries.flatten().filter_map(|it| it.file_name().into_string().ok());
                for name in names {
                    if is_stray(&name) {
                        troubles.note(trouble(&name, "is no file of a policy folder"));
                    } else if is_calendar(&name)
                        && let Some(bytes) = troubles.keep(read_file(dir, &name))
                    {
                        files.insert(Cow::Owned(name), bytes);
                    }
                }
            }
            Err(error) => troubles.note(trouble(".", error.to_string())),
        }
        troubles.finish(Some(Self { files }))
    }

    /// A folder from texts that are compiled in.
    pub(super) fn from_texts<const N: usize>(texts: [(&'static str, &str); N]) -> Self {
        let files = texts.map(|(file, text)| (Cow::Borrowed(file), text.as_bytes().to_vec()));
        Self { files: files.into() }
    }

    /// The same with one other file.
    pub(super) fn with(mut self, file: &'static str, bytes: &[u8]) -> Self {
        self.files.insert(Cow::Borrowed(file), bytes.to_vec());
        self
    }

    /// Writes its files into a folder, which is made where it is not. This blocks on the file system.
    pub fn write(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)?;
        self.files.iter().try_for_each(|(file, bytes)| fs::write(dir.join(&**file), bytes))
    }

    /// Whether it has a file that a folder may lack.
    pub(super) fn has(&self, file: &'static str) -> bool {
        self.files.contains_key(file)
    }

    /// Its calendars, by name.
    pub(super) fn calendars(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.files.iter().map(|(file, bytes)| (&**file, bytes.as_slice()));
        files.filter(|(file, _)| is_calendar(file))
    }

    /// The digest of its files together: SHA-256 over the canonical JSON of file name → SHA-256.
    ///
    /// # Panics
    /// Never: names and digests are text, and text has a canonical form.
    #[must_use]
    pub fn digest(&self) -> PolicyDigest {
        let digests: BTreeMap<_, _> =
            self.files.iter().map(|(file, bytes)| (file, Digest::of(bytes))).collect();
        let digest = Digest::of_canonical(&digests).expect("names and digests are text");
        PolicyDigest(digest)
    }

    /// A file's text, without the byte order mark that some editors leave.
    pub(super) fn text(&self, file: &'static str) -> Result<SourceText<'_>, PolicyTrouble> {
        let bytes = self.files.get(file).map_or(&[][..], Vec::as_slice);
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                Ok(SourceText { file, text: text.strip_prefix('\u{feff}').unwrap_or(text) })
            }
            Err(error) => Err(PolicyTrouble {
                file: file.to_owned(),
                line: Some(line_of(bytes, error.valid_up_to())),
                reason: "is not UTF-8".to_owned(),
            }),
        }
    }
}

fn is_stray(name: &str) -> bool {
    let counts = Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml" || extension == "cedar");
    counts && !FILES.contains(&name) && !OPTIONAL.contains(&name)
}

fn is_calendar(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "ics")
}

fn trouble(file: &str, reason: impl Into<String>) -> PolicyTrouble {
    PolicyTrouble { file: file.to_owned(), line: None, reason: reason.into() }
}

fn read_file(dir: &Path, file: &str) -> Result<Vec<u8>, PolicyTrouble> {
    let mut bytes = Vec::new();
    File::open(dir.join(file))
        .and_then(|opened| opened.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => trouble(file, "is missing"),
            _ => trouble(file, error.to_string()),
        })?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(trouble(file, "is larger than 1 MiB"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        Folder::demo().write(dir.path()).unwrap();
        dir
    }

    fn troubles(dir: &Path) -> Vec<String> {
        let invalid = Folder::read(dir).unwrap_err();
        invalid.troubles().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_folder_is_read_as_it_was_written() {
        let dir = written();
        assert_eq!(Folder::read(dir.path()), Ok(Folder::demo()));
    }

    #[test]
    fn missing_and_stray_files_are_named_together() {
        let dir = written();
        fs::remove_file(dir.path().join(PEOPLE)).unwrap();
        fs::remove_file(dir.path().join(RULES)).unwrap();
        fs::write(dir.path().join("night.cedar"), "").unwrap();
        fs::write(dir.path().join("README.md"), "").unwrap();
        assert_eq!(
            troubles(dir.path()),
            [
                "console.cedar: is missing",
                "night.cedar: is no file of a policy folder",
                "people.toml: is missing",
            ]
        );
    }

    #[test]
    fn a_file_that_may_lack_counts_where_it_is() {
        let dir = written();
        fs::write(dir.path().join(NOTIFICATIONS), "").unwrap();
        let folder = Folder::read(dir.path()).unwrap();
        assert!(folder.has(NOTIFICATIONS) && !Folder::demo().has(NOTIFICATIONS));
        assert_ne!(folder.digest(), Folder::demo().digest());
        fs::remove_file(dir.path().join(NOTIFICATIONS)).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join(NOTIFICATIONS)).unwrap();
        assert_eq!(troubles(dir.path()), ["notifications.toml: is missing"]);
    }

    #[test]
    fn a_huge_file_is_not_read_whole() {
        let dir = written();
        let file = File::create(dir.path().join(CODEOWNERS)).unwrap();
        file.set_len(1 << 40).unwrap();
        assert_eq!(troubles(dir.path()), ["CODEOWNERS: is larger than 1 MiB"]);
    }

    #[test]
    fn a_folder_that_is_none_is_trouble() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(troubles(&dir.path().join("nowhere")).len(), 6);
    }

    #[test]
    fn text_that_is_none_names_its_line() {
        let folder = Folder::demo().with(TEAMS, b"# one\n# \xff\n");
        assert_eq!(folder.text(TEAMS).unwrap_err().to_string(), "teams.toml:2: is not UTF-8");
    }

    #[test]
    fn the_digest_changes_with_any_byte_of_any_file() {
        let folder = Folder::demo();
        for file in FILES {
            let mut bytes = folder.files[file].clone();
            bytes.push(b'\n');
            assert_ne!(folder.clone().with(file, &bytes).digest(), folder.digest(), "{file}");
        }
    }

    #[test]
    fn the_digest_is_golden() {
        let folder = Folder::from_texts(FILES.map(|file| (file, "")));
        let empty = Digest::of(b"");
        let json = format!(
            "{{\"CODEOWNERS\":\"{empty}\",\"actions.toml\":\"{empty}\",\"console.cedar\":\"{empty}\",\
             \"people.toml\":\"{empty}\",\"teams.toml\":\"{empty}\"}}"
        );
        assert_eq!(folder.digest(), PolicyDigest(Digest::of(json.as_bytes())));
    }
}
