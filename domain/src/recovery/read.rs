//! Reading recoveries.

use super::{Recovery, RecoveryFilter, RecoveryStateName, RecoveryView};
use crate::{
    access::Actor,
    approvals::Decision,
    console::Console,
    ids::RecoveryId,
    page::{self, MAX_LIMIT, Page, PageRequest},
    problem::{Problem, ProblemCode},
};

impl Console {
    /// One recovery, if the person may see it; with its case, if they may judge it.
    pub async fn recovery(&self, actor: &Actor, id: RecoveryId) -> Result<RecoveryView, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        self.recovery_with_case(actor, recovery).await
    }

    /// The recoveries in these states that the person may see, newest first.
    pub async fn recoveries(
        &self,
        actor: &Actor,
        states: Vec<RecoveryStateName>,
        page: &PageRequest,
    ) -> Result<Page<RecoveryView>, Problem> {
        let filter = RecoveryFilter { states, person: None };
        let mut walk = PageRequest { cursor: page.cursor.clone(), limit: Some(MAX_LIMIT) };
        let (mut items, mut last) = (Vec::new(), None);
        loop {
            let found = self.ports.recoveries.recoveries(&filter, &walk).await?;
            for (place, recovery) in (1..).zip(found.items) {
                if !self.may_see_recovery(actor, &recovery) {
                    continue;
                }
                if items.len() == page.limit() {
                    let next = self.cursor_after_recovery(&filter, last).await?;
                    return Ok(Page { items, next });
                }
                items.push(self.recovery_view(actor, recovery).await);
                last = Some(PageRequest { limit: Some(place), ..walk.clone() });
            }
            walk.cursor = found.next;
            if walk.cursor.is_none() {
                return Ok(Page { items, next: None });
            }
        }
    }

    /// The cursor behind the last recovery that somebody was shown: it holds the place of none that they may not see.
    async fn cursor_after_recovery(
        &self,
        filter: &RecoveryFilter,
        last: Option<PageRequest>,
    ) -> Result<Option<String>, Problem> {
        match last {
            Some(until) => Ok(self.ports.recoveries.recoveries(filter, &until).await?.next),
            None => Ok(None),
        }
    }

    /// The recoveries that wait for this person: to be signed, or to be judged where they are asked to.
    pub async fn recoveries_waiting_for(
        &self,
        actor: &Actor,
    ) -> Result<Vec<RecoveryView>, Problem> {
        let mut waiting = Vec::new();
        for recovery in self.recoveries_that_are(RecoveryStateName::Pending).await? {
            if self.check_may_sign(actor, &recovery, Decision::Approve).await.is_ok() {
                waiting.push(self.recovery_view(actor, recovery).await);
            }
        }
        for recovery in self.recoveries_that_are(RecoveryStateName::Enrolled).await? {
            let due = recovery.state.due();
            if due.is_some_and(|due| due.reviewer.as_ref() == Some(actor.login())) {
                waiting.push(self.recovery_view(actor, recovery).await);
            }
        }
        Ok(waiting)
    }

    /// The recovery by which somebody wants to let this person in again, while it may.
    pub async fn own_recovery(&self, actor: &Actor) -> Result<Option<RecoveryId>, Problem> {
        self.recovery_under_way(actor.login()).await
    }

    pub(super) async fn visible_recovery(
        &self,
        actor: &Actor,
        id: RecoveryId,
    ) -> Result<Recovery, Problem> {
        let recovery = self.ports.recoveries.recovery(id).await?;
        let visible = recovery.filter(|recovery| self.may_see_recovery(actor, recovery));
        Ok(visible.ok_or(ProblemCode::NotVisible)?)
    }

    fn may_see_recovery(&self, actor: &Actor, recovery: &Recovery) -> bool {
        let body = &recovery.body;
        [&body.person, &body.asked_by].contains(&actor.login())
            || !self.policy().parts_of(actor.person(), &body.person).is_empty()
            || self.may_manage(actor).is_ok()
            || self.may_read_history(actor)
    }

    /// Every recovery of a kind, however many pages they fill.
    pub(super) async fn all_recoveries(
        &self,
        filter: &RecoveryFilter,
    ) -> Result<Vec<Recovery>, Problem> {
        let read = |page| async move { self.ports.recoveries.recoveries(filter, &page).await };
        Ok(page::all(read).await?)
    }
}
