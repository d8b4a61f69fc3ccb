//! What the cluster reported about an object.

use serde::{Deserialize, Serialize};

use crate::{names::Namespace, time::Timestamp};

/// One event (core/v1 Event), as far as the pages need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// The namespace of the object it is about.
    pub namespace: Namespace,
    /// The kind of that object.
    pub about_kind: String,
    /// The name of that object.
    pub about_name: String,
    /// The identifier of that object.
    pub about_uid: Option<String>,
    /// Whether the cluster worries.
    pub kind: EventKind,
    /// Why, in one word.
    pub reason: String,
    /// What happened.
    pub message: String,
    /// How often.
    pub count: u32,
    /// When it was last seen.
    pub last_at: Timestamp,
}

/// Whether the cluster worries about what it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The usual course of things.
    Normal,
    /// Something is wrong.
    Warning,
}
