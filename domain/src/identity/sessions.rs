//! A person's own sessions: seeing them, ending one, ending all others.

use super::Session;
use crate::{
    access::Actor,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    ids::SessionId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// The person's sessions that still stand, newest first.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<Session>, Problem> {
        let now = self.now();
        let mut sessions = self.ports.identity.sessions(actor.login()).await?;
        sessions.retain(|session| self.ports.session_limits.allow(session, now));
        Ok(sessions)
    }

    /// Ends one of the person's sessions. Its next call finds it gone.
    pub async fn revoke_session(&self, actor: &Actor, id: SessionId) -> Result<(), Problem> {
        let own = self.own_sessions(actor).await?;
        if !own.iter().any(|session| session.id == id) {
            return Err(ProblemCode::NotVisible.into());
        }
        let entry = EntryDraft::new(
            self.now(),
            Some(actor.login().clone()),
            EntryAction::RevokeSession,
            EntryOutcome::Succeeded,
        )
        .with("session", id.to_string());
        self.ports.identity.end_session(actor.login(), id, entry).await?;
        Ok(())
    }

    /// Clears away sessions, links and ceremonies whose time ran out. How many went.
    pub async fn forget_expired(&self) -> Result<usize, Problem> {
        let limits = self.ports.session_limits;
        Ok(self.ports.identity.forget_expired(self.now(), limits).await?)
    }

    /// Ends all of the person's sessions but the one they speak through.
    pub async fn revoke_other_sessions(&self, actor: &Actor) -> Result<(), Problem> {
        for session in self.own_sessions(actor).await? {
            if session.id != actor.session() {
                self.revoke_session(actor, session.id).await?;
            }
        }
        Ok(())
    }
}
