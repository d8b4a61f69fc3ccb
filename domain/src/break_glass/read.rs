//! Reading sessions and reviews.

use std::collections::BTreeMap;

use super::{
    CaseView, LiveSession, Owed, Review, ReviewFilter, ReviewStateName, ReviewView, SessionView,
};
use crate::{
    access::{Act, Actor, authorise},
    console::Console,
    grants::{Grant, GrantFilter, GrantStateName},
    ids::GrantId,
    page::{MAX_LIMIT, Page, PageRequest},
    problem::{Problem, ProblemCode},
    store::StoreError,
    time::Timestamp,
};

impl Console {
    /// One session, if the person may see it.
    pub async fn session(&self, actor: &Actor, id: GrantId) -> Result<SessionView, Problem> {
        let session = self.visible_session(actor, id).await?;
        self.session_view(actor, &session).await
    }

    /// The sessions that are live in tenants that the person sees, and those that they may end wherever they are.
    pub async fn live_sessions(&self, actor: &Actor) -> Result<Vec<LiveSession>, Problem> {
        let policy = self.policy();
        let mut seen = Vec::new();
        for session in newest_of_each(self.sessions_with_power().await?) {
            if self.check_sees(actor, &session).await.is_ok() {
                let own = session.body.holder == *actor.login();
                seen.push(LiveSession {
                    may_close: session.is_held()
                        && (own || policy.may_end(actor.person(), &session)),
                    until: session.ends_at(),
                    is_alone: session.opening.is_some(),
                    is_drill: session.is_drill(),
                    id: session.body.id,
                    tenant: session.body.tenant.name(),
                    person: session.body.holder,
                    role: session.body.role.name,
                });
            }
        }
        Ok(seen)
    }

    /// Few, however much else is held: those whose review has not begun, and those whose power is being taken away.
    async fn sessions_with_power(&self) -> Result<Vec<Grant>, Problem> {
        let ending = GrantFilter { states: vec![GrantStateName::Ending], ..GrantFilter::default() };
        let mut sessions = self.all_grants(&ending).await?;
        sessions.retain(|session| session.body.declaration.is_some());
        let live = ReviewFilter { states: vec![ReviewStateName::Live], ..ReviewFilter::default() };
        for review in self.all_reviews(&live).await? {
            for session in review.sessions() {
                match self.ports.grants.grant(session).await {
                    Ok(session) => sessions.extend(session.filter(Grant::is_live_session)),
                    // What explains nothing is taken away by reconciling.
                    Err(StoreError::Corrupt(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(sessions)
    }

    /// The reviews in these states that the person may see: those of their own sessions, and those that they may judge
    /// or read about.
    pub async fn reviews(
        &self,
        actor: &Actor,
        states: Vec<ReviewStateName>,
        page: &PageRequest,
    ) -> Result<Page<ReviewView>, Problem> {
        let filter = ReviewFilter { states, ..ReviewFilter::default() };
        let mut walk = PageRequest { cursor: page.cursor.clone(), limit: Some(MAX_LIMIT) };
        let (mut items, mut last) = (Vec::new(), None);
        loop {
            let found = self.ports.reviews.reviews(&filter, &walk).await?;
            for (place, review) in (1..).zip(found.items) {
                if !self.may_see_review(actor, &review) {
                    continue;
                }
                if items.len() == page.limit() {
                    let next = self.cursor_after(&filter, last).await?;
                    return Ok(Page { items, next });
                }
                items.push(self.review_view(actor, review).await);
                last = Some(PageRequest { limit: Some(place), ..walk.clone() });
            }
            walk.cursor = found.next;
            if walk.cursor.is_none() {
                return Ok(Page { items, next: None });
            }
        }
    }

    /// The cursor behind the last review that somebody was shown: it holds the place of none that they may not see.
    async fn cursor_after(
        &self,
        filter: &ReviewFilter,
        last: Option<PageRequest>,
    ) -> Result<Option<String>, Problem> {
        match last {
            Some(until) => Ok(self.ports.reviews.reviews(filter, &until).await?.next),
            None => Ok(None),
        }
    }

    /// What the person owes: verdicts that they are asked for, and accounts of sessions of their own.
    pub async fn owed_by(&self, actor: &Actor) -> Result<Owed, Problem> {
        let open = self.reviews_that_are(ReviewStateName::Open).await?;
        let is_asked = |it: &&Review| {
            it.state.due().is_some_and(|due| due.reviewer.as_ref() == Some(actor.login()))
        };
        let own = ReviewFilter { person: Some(actor.login().clone()), ..ReviewFilter::default() };
        let own = self.all_reviews(&own).await?;
        let is_owed = |it: &&Review| it.state.due().is_some() && it.account.is_none();
        Ok(Owed {
            verdicts: open.iter().filter(is_asked).count(),
            accounts: own.iter().filter(is_owed).map(|it| it.session).collect(),
        })
    }

    /// One review with its case, if the person may see it.
    pub async fn review_case(&self, actor: &Actor, id: GrantId) -> Result<CaseView, Problem> {
        let review = self.visible_review(actor, id).await?;
        self.case_view(actor, review).await
    }

    pub(super) async fn visible_session(
        &self,
        actor: &Actor,
        id: GrantId,
    ) -> Result<Grant, Problem> {
        let session = self.visible_grant(actor, id).await?;
        if session.body.declaration.is_none() {
            return Err(ProblemCode::NotVisible.into());
        }
        Ok(session)
    }

    pub(super) async fn visible_review(
        &self,
        actor: &Actor,
        id: GrantId,
    ) -> Result<Review, Problem> {
        let review = self.ports.reviews.review(id).await?.ok_or(ProblemCode::NotVisible)?;
        if self.may_see_review(actor, &review) {
            Ok(review)
        } else {
            Err(ProblemCode::NotVisible.into())
        }
    }

    pub(super) fn may_see_review(&self, actor: &Actor, review: &Review) -> bool {
        let policy = self.policy();
        review.person == *actor.login()
            || self.may_read_history(actor)
            || authorise(&policy, actor, Act::ReviewSession, &review.as_resource(&policy)).is_ok()
    }
}

/// Without those that something went on from, and that is live: its end is that of the emergency.
fn newest_of_each(sessions: Vec<Grant>) -> Vec<Grant> {
    let mut newest: BTreeMap<GrantId, Timestamp> = BTreeMap::new();
    for session in sessions.iter().filter(|session| session.is_held()) {
        let at = newest.entry(session.first_session()).or_insert(session.body.created_at);
        *at = session.body.created_at.max(*at);
    }
    let is_newest = |session: &Grant| {
        newest.get(&session.first_session()).is_none_or(|at| session.body.created_at >= *at)
    };
    sessions.into_iter().filter(is_newest).collect()
}
