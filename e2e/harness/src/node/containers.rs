//! What containerd itself tells of its containers: when each started and how it ended. It holds
//! for containers whose pods the API server has long forgotten.

use std::{fs, io, path::PathBuf};

use serde_json::Value;

use crate::control_plane::Cluster;

/// One thing that happened to a container, named by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its process runs.
    Started {
        /// Which.
        container: String,
    },
    /// Its process has ended.
    Ended {
        /// Which.
        container: String,
        /// Its own exit status, or 128 and the number of the signal that killed it.
        status: u64,
    },
}

/// The events of a node's containers, oldest first; sandboxes of pods are among them.
#[derive(Clone, Debug)]
pub struct ContainerLog {
    path: PathBuf,
}

impl ContainerLog {
    /// That of the cluster's real node.
    #[must_use]
    pub fn of(cluster: &Cluster) -> Self {
        Self { path: cluster.folder().join("containers.log") }
    }

    /// All events so far. A line that is still being written is left for later.
    pub fn events(&self) -> io::Result<Vec<Event>> {
        let text = fs::read_to_string(&self.path)?;
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        Ok(whole.lines().filter_map(event).collect())
    }
}

/// What a line of `ctr events` tells: when, in which namespace, on which topic, and the rest in JSON.
fn event(line: &str) -> Option<Event> {
    let (head, body) = line.split_once(" {")?;
    let body: Value = serde_json::from_str(&format!("{{{body}")).ok()?;
    let container = body["container_id"].as_str()?.to_owned();
    match head.rsplit_once(' ')?.1 {
        "/tasks/start" => Some(Event::Started { container }),
        // What else was started in a container has an id of its own.
        "/tasks/exit" if body["id"] == container.as_str() => {
            Some(Event::Ended { container, status: body["exit_status"].as_u64().unwrap_or(0) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = r#"2026-01-01 00:00:00.1 +0000 UTC k8s.io /containers/create {"id":"one","image":"busybox"}
2026-01-01 00:00:00.2 +0000 UTC k8s.io /tasks/start {"container_id":"one","pid":90}
2026-01-01 00:00:00.3 +0000 UTC k8s.io /tasks/exit {"container_id":"one","id":"probe","pid":91}
2026-01-01 00:00:00.4 +0000 UTC k8s.io /tasks/oom {"container_id":"one"}
2026-01-01 00:00:00.5 +0000 UTC k8s.io /tasks/exit {"container_id":"one","id":"one","pid":90,"exit_status":137}
2026-01-01 00:00:00.6 +0000 UTC k8s.io /tasks/start {"container_id":"tw"#;

    #[test]
    fn a_container_starts_and_ends_and_what_ran_beside_it_does_not_count() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = ContainerLog { path: folder.path().join("containers.log") };
        fs::write(&log.path, LOG).expect("written");
        let container = || "one".to_owned();

        assert_eq!(
            log.events().expect("read"),
            [
                Event::Started { container: container() },
                Event::Ended { container: container(), status: 137 },
            ]
        );
    }
}
