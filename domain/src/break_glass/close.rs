//! Closing a session with one word: closing any closes all of that emergency, what went on from it and what it went on from.

use std::collections::BTreeSet;

use crate::{
    access::Actor,
    console::Console,
    grants::{Grant, GrantFilter, GrantState, GrantStateName},
    ids::GrantId,
    problem::{Problem, ProblemCode},
};

/// How often it is looked for what was opened while the rest was closed.
const WALKS: u32 = 5;

impl Console {
    /// Closes a session and all of its emergency: by its holder, or by whoever may end what somebody holds.
    ///
    /// # Errors
    /// Why nothing was closed. What kept a part of it from being ended is told with [what was](Closed).
    pub async fn close_session(&self, actor: &Actor, id: GrantId) -> Result<Closed, Problem> {
        let session = self.visible_session(actor, id).await?;
        let mut closed = Closed::default();
        let named = self.end_one(actor, &session).await;
        closed.note(id, named.clone());
        // What was opened meanwhile goes on from what was live: it is looked for until nothing is left.
        for _ in 0..WALKS {
            let others = self.of_one_emergency(&session).await?;
            let others: Vec<_> =
                others.into_iter().filter(|other| !closed.was_tried(other.body.id)).collect();
            if others.is_empty() {
                break;
            }
            for other in others {
                let ended = self.end_one(actor, &other).await;
                closed.note(other.body.id, ended);
            }
        }
        if closed.ended.is_empty() {
            named?;
        }
        // Where this cannot, the job opens the review: the session is closed already.
        let _ = self.follow_session(id).await;
        Ok(closed)
    }

    async fn end_one(&self, actor: &Actor, session: &Grant) -> Result<(), Problem> {
        if session.body.holder == *actor.login() {
            self.return_grant(actor, session.body.id).await.map(drop)
        } else {
            self.revoke_grant(actor, session.body.id, None).await.map(drop)
        }
    }

    /// The sessions of one emergency that are live still, or wait.
    async fn of_one_emergency(&self, session: &Grant) -> Result<Vec<Grant>, Problem> {
        let (holder, tenant) = (&session.body.holder, session.body.tenant.name());
        let open = GrantFilter::of(holder, &tenant, &GrantStateName::OPEN);
        let first = session.first_session();
        let mut open = self.all_grants(&open).await?;
        open.retain(|it| it.body.declaration.is_some() && it.first_session() == first);
        Ok(open)
    }

    /// Refuses what goes on from a session, or prolongs a role, that is over.
    pub(crate) async fn check_goes_on_from_live(&self, grant: &Grant) -> Result<(), Problem> {
        let Some(before) = grant.goes_on_from() else { return Ok(()) };
        let (before, now) = (self.ports.grants.grant(before).await?, self.now());
        let is_live = |it: &Grant| it.as_before(now).is_some() || it.as_prolonged(now).is_some();
        if before.as_ref().is_some_and(is_live) {
            return Ok(());
        }
        Err(ProblemCode::SessionOver.into())
    }
}

/// What was closed by one word.
#[derive(Debug, Default)]
#[must_use = "what was ended is to be taken away, and what could not be is to be told"]
pub struct Closed {
    /// What is to be taken away now.
    pub ended: Vec<GrantId>,
    /// What kept something of the emergency from being ended.
    pub failure: Option<Problem>,
    tried: BTreeSet<GrantId>,
}

impl Closed {
    fn was_tried(&self, id: GrantId) -> bool {
        self.tried.contains(&id)
    }

    fn note(&mut self, id: GrantId, ended: Result<(), Problem>) {
        self.tried.insert(id);
        match ended {
            Ok(()) => self.ended.push(id),
            // It ended by itself meanwhile.
            Err(problem) if problem.code == ProblemCode::WrongState => {}
            Err(problem) => self.failure = Some(problem),
        }
    }
}

impl Grant {
    /// The session that it goes on from, or the role that it prolongs, where it waits; that must be held when it begins.
    pub(crate) fn goes_on_from(&self) -> Option<GrantId> {
        let begins = matches!(self.state, GrantState::Pending | GrantState::Activating(_));
        self.body.extends.filter(|_| begins).map(|extends| extends.grant)
    }
}
