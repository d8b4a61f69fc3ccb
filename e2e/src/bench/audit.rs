//! How many calls the console's own account made, as the API server's audit log has it.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::PathBuf,
};

use harness::control_plane::Cluster;
use sekisho::policy::rbac::CONSOLE_USER;
use serde_json::Value;

use super::Trouble;

/// A place in the audit log from which calls are counted.
pub struct Since {
    log: PathBuf,
    offset: u64,
}

/// Calls of the console's account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Watches, which begin anew every half minute whoever looks.
    pub watches: usize,
    /// All others.
    pub others: usize,
}

impl Since {
    /// From now on.
    pub fn now(cluster: &Cluster) -> Result<Self, Trouble> {
        let log = cluster.audit_log().path().to_owned();
        let offset = log.metadata()?.len();
        Ok(Self { log, offset })
    }

    /// What the console called since. The API server writes each line before it answers.
    pub fn calls_of_console(&self) -> Result<Calls, Trouble> {
        let mut file = File::open(&self.log)?;
        file.seek(SeekFrom::Start(self.offset))?;
        count(BufReader::new(file))
    }
}

/// A long call stands in the log twice, under one id.
fn count(lines: impl BufRead) -> Result<Calls, Trouble> {
    let (mut watches, mut others) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.lines() {
        let event: Value = serde_json::from_str(&line?)?;
        if event["user"]["username"] != CONSOLE_USER {
            continue;
        }
        let id = event["auditID"].as_str().unwrap_or_default().to_owned();
        if event["verb"] == "watch" {
            watches.insert(id)
        } else {
            others.insert(id)
        };
    }
    Ok(Calls { watches: watches.len(), others: others.len() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_console_s_calls_count_and_each_once() {
        let event = |user: &str, verb: &str, id: &str| {
            json!({"user": {"username": user}, "verb": verb, "auditID": id}).to_string()
        };
        let log = [
            event(CONSOLE_USER, "watch", "1"),
            event(CONSOLE_USER, "watch", "1"),
            event(CONSOLE_USER, "create", "2"),
            event("somebody", "list", "3"),
        ];
        let calls = count(log.join("\n").as_bytes()).unwrap();
        assert_eq!(calls, Calls { watches: 1, others: 1 });
    }
}
