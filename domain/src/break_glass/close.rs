//! Closing a session with one word: with it ends whatever went on from it.

use crate::{
    access::Actor,
    console::Console,
    grants::{Grant, GrantFilter, GrantState, GrantStateName},
    ids::GrantId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Closes a session: by its holder, or by whoever may end what somebody holds. Answers what is to be taken away now.
    pub async fn close_session(&self, actor: &Actor, id: GrantId) -> Result<Vec<GrantId>, Problem> {
        let session = self.visible_session(actor, id).await?;
        self.end_one(actor, &session).await?;
        let mut ended = vec![id];
        for other in self.of_one_emergency(&session).await? {
            // Whatever becomes of it: the one that was named is closed.
            if other.body.id != id && self.end_one(actor, &other).await.is_ok() {
                ended.push(other.body.id);
            }
        }
        // Where this cannot, the job opens the review: the session is closed already.
        let _ = self.follow_session(id).await;
        Ok(ended)
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
        let open = GrantFilter {
            states: vec![
                GrantStateName::Pending,
                GrantStateName::Activating,
                GrantStateName::Active,
            ],
            holder: Some(session.body.holder.clone()),
            tenant: Some(session.body.tenant.name()),
            ..GrantFilter::default()
        };
        let first = session.first_session();
        let mut open = self.all_grants(&open).await?;
        open.retain(|it| it.body.declaration.is_some() && it.first_session() == first);
        Ok(open)
    }

    /// Refuses what goes on from a session that is over.
    pub(crate) async fn check_goes_on_from_live(&self, session: &Grant) -> Result<(), Problem> {
        let Some(before) = session.session_before() else { return Ok(()) };
        let before = self.ports.grants.grant(before).await?;
        let is_live = before.is_some_and(|before| before.as_before(self.now()).is_some());
        if is_live { Ok(()) } else { Err(ProblemCode::SessionOver.into()) }
    }
}

impl Grant {
    /// The session that it goes on from, where it is one that waits; that must be live when it is opened.
    pub(crate) fn session_before(&self) -> Option<GrantId> {
        let is_session = self.body.declaration.is_some();
        let begins = matches!(self.state, GrantState::Pending | GrantState::Activating(_));
        self.body.extends.filter(|_| is_session && begins).map(|extends| extends.grant)
    }
}
