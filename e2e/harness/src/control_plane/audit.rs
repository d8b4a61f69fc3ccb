//! The API server's audit log, as tests read it. The server writes it for itself: nothing
//! here adds to it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::Value;

use crate::wait::{self, TimedOut};

/// A log of `audit.k8s.io/v1` events, one JSON object on each line, oldest first.
#[derive(Clone, Debug)]
pub struct AuditLog {
    path: PathBuf,
}

impl AuditLog {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All events so far. A line that is still being written is left for later.
    pub fn events(&self) -> io::Result<Vec<Value>> {
        self.events_with("")
    }

    /// Those events that hold this text somewhere; no other is parsed.
    pub fn events_with(&self, needle: &str) -> io::Result<Vec<Value>> {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            read => read?,
        };
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let lines = whole.lines().filter(|line| line.contains(needle));
        lines.map(|line| serde_json::from_str(line).map_err(io::Error::other)).collect()
    }

    /// The first event that `matches`, which may still be on its way.
    pub fn wait_for(
        &self,
        what: &str,
        limit: Duration,
        matches: impl Fn(&Value) -> bool,
    ) -> Result<Value, TimedOut> {
        wait::until(what, limit, || self.events().ok()?.into_iter().find(&matches))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_written_line_is_not_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = AuditLog::at(folder.path().join("audit.log"));
        assert!(log.events().expect("no log yet").is_empty());

        fs::write(log.path(), "{\"verb\":\"create\"}\n{\"verb\":\"del").expect("written");

        assert_eq!(log.events().expect("read"), [serde_json::json!({"verb": "create"})]);
        assert!(log.events_with("update").expect("read").is_empty());
    }
}
