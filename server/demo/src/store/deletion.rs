//! How to delete: when, on which conditions, and what becomes of the things an object owns.
//!
//! Never deletes: see `transaction`, and the garbage collector for what is owned.

use serde_json::Value;

use super::Key;
use crate::{kinds, kinds::Kind, object::Object, refusal::Refusal};

/// The finalizer that stands for "first let go of what I own".
pub(crate) const ORPHAN: &str = "orphan";
/// The finalizer that stands for "first delete what I own".
pub(crate) const FOREGROUND: &str = "foregroundDeletion";

/// How to delete, and what must be true of the object for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deletion {
    pub(crate) uid: Option<String>,
    pub(crate) revision: Option<String>,
    pub(crate) grace_seconds: Option<i64>,
    pub(crate) propagation: Option<Propagation>,
}

/// What becomes of the things an object owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Propagation {
    /// They stay, without an owner.
    Orphan,
    /// They go after it.
    Background,
    /// They go before it.
    Foreground,
}

impl Propagation {
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text {
            "Orphan" => Some(Self::Orphan),
            "Background" => Some(Self::Background),
            "Foreground" => Some(Self::Foreground),
            _ => None,
        }
    }

    /// What holds when nothing is said. Jobs let go of their pods, for old clients' sake.
    fn default_of(kind: &Kind) -> Self {
        if *kind == kinds::JOB { Self::Orphan } else { Self::Background }
    }
}

impl Deletion {
    /// At once, whatever the object's own grace period.
    pub(crate) fn immediate() -> Self {
        Self { grace_seconds: Some(0), ..Self::default() }
    }

    /// With what is owned following.
    pub(crate) fn background() -> Self {
        Self { propagation: Some(Propagation::Background), ..Self::default() }
    }

    pub(super) fn check(&self, key: &Key, object: &Object) -> Result<(), Refusal> {
        let found = object.text("/metadata/resourceVersion");
        let checks = [("UID", &self.uid, object.uid()), ("ResourceVersion", &self.revision, found)];
        for (field, wanted, found) in checks {
            if let Some(wanted) = wanted.as_deref().filter(|wanted| *wanted != found) {
                return Err(Refusal::precondition(key.kind, &key.name, field, wanted, found));
            }
        }
        Ok(())
    }

    /// What must still happen before an object is gone: its own finalizers, and how it leaves what it owns.
    pub(super) fn finalizers(&self, kind: &Kind, object: &Object) -> Vec<Value> {
        let own = object.items("/metadata/finalizers").iter();
        let mut finalizers: Vec<Value> =
            own.filter(|name| *name != ORPHAN && *name != FOREGROUND).cloned().collect();
        if *kind == kinds::NAMESPACE {
            // Its content goes in any case, and nothing else is its own.
            return finalizers;
        }
        match self.propagation.unwrap_or(Propagation::default_of(kind)) {
            Propagation::Orphan => finalizers.push(ORPHAN.into()),
            Propagation::Foreground => finalizers.push(FOREGROUND.into()),
            Propagation::Background => {}
        }
        finalizers
    }

    /// How long an object still has; only a pod that runs somewhere takes its time.
    pub(super) fn grace(&self, kind: &Kind, object: &Object) -> i64 {
        let done = matches!(object.text("/status/phase"), "Succeeded" | "Failed");
        if *kind != kinds::POD || !object.has("/spec/nodeName") || done {
            return 0;
        }
        self.grace_seconds.unwrap_or_else(|| object.number("/spec/terminationGracePeriodSeconds"))
    }
}
