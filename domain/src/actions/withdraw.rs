//! Taking a request back, or having one go no further that takes pods away in waves.

use super::{RequestChange, RequestView, StateName};
use crate::{
    access::Actor,
    audit::EntryOutcome,
    console::Console,
    ids::RequestId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Takes one's own request back while nothing was done. One that takes pods away in waves is
    /// had to send no further one, by its requester or by whoever may decide about it.
    pub async fn withdraw(&self, actor: &Actor, id: RequestId) -> Result<RequestView, Problem> {
        let request = self.visible_request(actor, id).await?;
        let requester = request.body.requester == *actor.login();
        if !requester && !self.policy().may_withdraw(actor.person(), &request) {
            return Err(ProblemCode::NotRequester.into());
        }
        let now = self.now();
        let (request, outcome) = match request.state.name() {
            StateName::Executing => (request.stop(actor.login())?, EntryOutcome::Stopped),
            _ => (request.withdraw(actor.login(), now)?, EntryOutcome::Withdrawn),
        };
        let entry = request.entry(now, actor.login(), outcome);
        self.ports.requests.commit(RequestChange::of(request.clone(), entry)).await?;
        Ok(self.view_of(&self.policy(), actor, &request).await)
    }
}
