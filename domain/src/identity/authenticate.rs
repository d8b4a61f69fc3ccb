//! From the session of a call to the person behind it.

use std::{sync::Arc, time::Duration};

use super::PersonStatus;
use crate::{
    access::Actor,
    console::Console,
    ids::SessionId,
    problem::{Problem, ProblemCode},
};

/// The use of a session is noted once in this time, not at every call.
const TOUCH_EVERY: Duration = Duration::from_mins(1);

impl Console {
    /// The person behind a session: it was not ended, its time did not run out, the policy in force lists its
    /// owner, and they are not locked. All these are asked anew at every call, so each ends a session at once.
    ///
    /// # Errors
    /// [`ProblemCode::SignedOut`], whichever of them fails.
    pub async fn authenticate(&self, id: SessionId) -> Result<Actor, Problem> {
        let now = self.now();
        let session = self.ports.identity.session(id).await?;
        let session = session
            .filter(|session| self.ports.session_limits.allow(session, now))
            .ok_or(ProblemCode::SignedOut)?;
        let person = self.policy().policy.people.get(&session.login).cloned();
        let person: Arc<_> = person.ok_or(ProblemCode::SignedOut)?;
        if self.ports.identity.status(&session.login).await? != PersonStatus::Open {
            return Err(ProblemCode::SignedOut.into());
        }
        if now.since(session.seen_at) >= TOUCH_EVERY {
            self.ports.identity.touch(id, now).await?;
        }
        Ok(Actor::new(person, id))
    }
}
