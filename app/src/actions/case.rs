//! What the page of a request says beside the request itself, in the reader's language.

use serde::{Deserialize, Serialize};

/// What the page of a request says beside the request itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// What is asked for, of what.
    pub(super) title: String,
    /// The button that carries it out.
    pub(super) execute: String,
    /// What the requester said: what it is called, and what it is.
    pub(super) parameters: Vec<(String, String)>,
    /// The same as a command.
    pub(super) kubectl: String,
    /// What was seen or found of its end.
    pub(super) ending: Option<String>,
    /// What came of it: its name and its page.
    pub(super) made: Option<Way>,
    /// The way back, once something may have been done.
    pub(super) way_back: Option<Way>,
}

/// A way to another page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Way {
    /// What it is called.
    pub(super) title: String,
    /// Where it leads.
    pub(super) href: String,
}
