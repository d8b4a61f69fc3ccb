//! The numbers of a deployment's templates, and the annotations that go with them.
//!
//! Never decides which number a set has.

use serde_json::Value;

use crate::object::Object;

const REVISION: &str = "deployment.kubernetes.io/revision";
const REVISION_POINTER: &str = "/metadata/annotations/deployment.kubernetes.io~1revision";
const HISTORY: &str = "deployment.kubernetes.io/revision-history";
const HISTORY_POINTER: &str = "/metadata/annotations/deployment.kubernetes.io~1revision-history";

/// A replica set or deployment with a revision.
pub(super) trait Numbered {
    /// Zero where there is none yet.
    fn revision(&self) -> u64;
    /// The set under a new number: it remembers its old one, and what its deployment says of itself.
    fn numbered(self, deployment: &Object, revision: u64) -> Self;
    fn with_revision(self, revision: u64) -> Self;
}

impl Numbered for Object {
    fn revision(&self) -> u64 {
        self.annotation(REVISION).parse().unwrap_or(0)
    }

    fn numbered(mut self, deployment: &Object, revision: u64) -> Self {
        for (name, value) in
            deployment.at("/metadata/annotations").as_object().into_iter().flatten()
        {
            if is_told(name) {
                let pointer = name.replace('~', "~0").replace('/', "~1");
                self.set(&format!("/metadata/annotations/{pointer}"), Value::clone(value));
            }
        }
        let old = self.revision();
        if old != 0 && old != revision {
            let before = self.annotation(HISTORY);
            let history =
                if before.is_empty() { old.to_string() } else { format!("{before},{old}") };
            self.set(HISTORY_POINTER, history);
        }
        self.with_revision(revision)
    }

    fn with_revision(self, revision: u64) -> Self {
        self.with(REVISION_POINTER, revision.to_string())
    }
}

/// Whether a set repeats an annotation of its deployment.
fn is_told(name: &str) -> bool {
    name != "kubectl.kubernetes.io/last-applied-configuration"
        && !name.starts_with("deployment.kubernetes.io/")
}
