//! Taking a request back.

use super::{RequestChange, RequestView};
use crate::{
    access::Actor,
    audit::EntryOutcome,
    console::Console,
    ids::RequestId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Takes one's own request back, while nothing was done.
    pub async fn withdraw(&self, actor: &Actor, id: RequestId) -> Result<RequestView, Problem> {
        let request = self.visible_request(actor, id).await?;
        if request.body.requester != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        let now = self.now();
        let request = request.withdraw(actor.login(), now)?;
        let entry = request.entry(now, actor.login(), EntryOutcome::Withdrawn);
        let change = RequestChange { request: request.clone(), entry, decided: None };
        self.ports.requests.commit(change).await?;
        Ok(self.view_of(&self.policy(), actor, &request))
    }
}
