//! The person behind a call.

use std::sync::Arc;

use crate::{ids::SessionId, names::Login, policy::Person};

/// A signed-in person: listed in the policy in force, not locked, with a session that stands.
#[derive(Clone, Debug)]
pub struct Actor {
    person: Arc<Person>,
    session: SessionId,
}

impl Actor {
    /// The person of a session, after the session was found to stand.
    #[must_use]
    pub fn new(person: Arc<Person>, session: SessionId) -> Self {
        Self { person, session }
    }

    /// Who it is.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// What they are called here.
    #[must_use]
    pub fn login(&self) -> &Login {
        &self.person.login
    }

    /// The session they speak through.
    #[must_use]
    pub fn session(&self) -> SessionId {
        self.session
    }
}
