//! From the session of a call to the person behind it.

use std::time::Duration;

use super::{PersonStatus, Session};
use crate::{
    access::Actor,
    console::Console,
    ids::SessionId,
    problem::{Problem, ProblemCode},
};

/// The use of a session is noted once in this time, not at every call.
const TOUCH_EVERY: Duration = Duration::from_mins(1);

impl Console {
    /// The person behind a session that is used by this call: its idle time begins anew.
    ///
    /// # Errors
    /// [`ProblemCode::SignedOut`] unless the session [stands](Self::standing_actor).
    pub async fn authenticate(&self, id: SessionId) -> Result<Actor, Problem> {
        let (session, actor) = self.standing_session(id).await?;
        let now = self.now();
        if now.since(session.seen_at) >= TOUCH_EVERY {
            self.ports.identity.touch(id, now).await?;
        }
        Ok(actor)
    }

    /// The person behind a session, without using it: a page that lies open keeps nobody signed in.
    ///
    /// A session stands if it was not ended, its time did not run out, the policy in force lists its owner, and
    /// they are not locked. All these are asked anew at every call, so each ends a session at once.
    ///
    /// # Errors
    /// [`ProblemCode::SignedOut`], whichever of them fails.
    pub async fn standing_actor(&self, id: SessionId) -> Result<Actor, Problem> {
        self.standing_session(id).await.map(|(_, actor)| actor)
    }

    async fn standing_session(&self, id: SessionId) -> Result<(Session, Actor), Problem> {
        let session = self.ports.identity.session(id).await?;
        let session = session
            .filter(|session| self.ports.session_limits.allow(session, self.now()))
            .ok_or(ProblemCode::SignedOut)?;
        let person = self.policy().policy.people.get(&session.login).cloned();
        let person = person.ok_or(ProblemCode::SignedOut)?;
        if self.ports.identity.status(&session.login).await? != PersonStatus::Open {
            return Err(ProblemCode::SignedOut.into());
        }
        Ok((session, Actor::new(person, id)))
    }
}
