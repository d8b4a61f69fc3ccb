//! Taking a request back, having one go no further that takes pods away in waves, or no longer watching one.

use super::{Finding, Outcome, Request, RequestChange, RequestState, RequestView, Verdict};
use crate::{
    access::Actor,
    audit::{EntryDraft, EntryOutcome},
    console::Console,
    ids::RequestId,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Takes one's own request back while nothing was done. One that is carried out goes no further, or is no longer
    /// watched, so that its target is free for another: by its requester, or by whoever may decide about it.
    pub async fn withdraw(&self, actor: &Actor, id: RequestId) -> Result<RequestView, Problem> {
        let request = self.visible_request(actor, id).await?;
        let requester = request.body.requester == *actor.login();
        if !requester && !self.policy().may_withdraw(actor.person(), &request) {
            return Err(ProblemCode::NotRequester.into());
        }
        let (request, entry) = self.taken_back(actor, request)?;
        self.ports.requests.commit(RequestChange::of(request.clone(), entry)).await?;
        Ok(self.view_of(&self.policy(), actor, &request).await)
    }

    fn taken_back(
        &self,
        actor: &Actor,
        request: Request,
    ) -> Result<(Request, EntryDraft), Problem> {
        let (by, now) = (actor.login(), self.now());
        if request.may_be_unwatched() {
            let verdict = Verdict::Unknown { reason: Finding::Unwatched { by: by.clone() } };
            let outcome = Outcome { verdict, at: now };
            let request = request.settle(outcome.clone())?;
            let entry = request.entry(now, by, EntryOutcome::Unknown);
            return Ok((request, entry.with_json("outcome", &outcome)));
        }
        let (request, outcome) = match request.state {
            RequestState::Executing(_) => (request.stop(by)?, EntryOutcome::Stopped),
            _ => (request.withdraw(by, now)?, EntryOutcome::Withdrawn),
        };
        let entry = request.entry(now, by, outcome);
        Ok((request, entry))
    }
}

impl Request {
    /// Whether nothing is left to do but to watch: the cluster accepted, and no waves follow.
    pub(super) fn may_be_unwatched(&self) -> bool {
        match &self.state {
            RequestState::Executing(execution) => {
                self.pinned.is_none() && execution.accepted.is_some()
            }
            _ => false,
        }
    }
}
