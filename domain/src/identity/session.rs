//! Sessions: one signed-in browser of one person.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{ids::SessionId, names::Login, time::Timestamp};

/// A session, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identifier; not the secret in its cookie.
    pub id: SessionId,
    /// Whose it is.
    pub login: Login,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// What the browser calls itself, cut to 200 characters.
    pub agent: String,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without use.
    pub idle: Duration,
    /// Altogether.
    pub absolute: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: Duration::from_mins(30), absolute: Duration::from_hours(12) }
    }
}

impl SessionLimits {
    /// Whether a session still stands.
    #[must_use]
    pub fn allow(&self, session: &Session, now: Timestamp) -> bool {
        now.since(session.seen_at) < self.idle && now.since(session.created_at) < self.absolute
    }
}
