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
        let mut seen: BTreeMap<GrantId, LiveSession> = BTreeMap::new();
        let mut sessions = self.sessions_with_power().await?;
        sessions.sort_by_key(|session| (session.is_held(), session.body.created_at));
        for session in sessions {
            if self.check_sees(actor, &session).await.is_err() {
                continue;
            }
            let own = session.body.holder == *actor.login();
            let may_close = session.is_held() && (own || policy.may_end(actor.person(), &session));
            let first = session.first_session();
            let live = LiveSession::of(session, may_close);
            let live = match seen.remove(&first) {
                Some(before) => live.after(&before),
                None => live,
            };
            seen.insert(first, live);
        }
        Ok(seen.into_values().collect())
    }

    /// Few, however much else is held: those whose review has not begun, and those whose power is being taken away.
    async fn sessions_with_power(&self) -> Result<Vec<Grant>, Problem> {
        let ending = GrantFilter::that_are(&[GrantStateName::Ending]);
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

impl LiveSession {
    fn of(session: Grant, may_close: bool) -> Self {
        Self {
            may_close,
            until: session.ends_at(),
            is_alone: session.opening.is_some(),
            is_drill: session.is_drill(),
            id: session.body.id,
            tenant: session.body.tenant.name(),
            person: session.body.holder,
            role: session.body.role.name,
        }
    }

    /// One emergency is told once, as its newest session: until the last of it ends, and as alone where any of it was.
    fn after(self, before: &Self) -> Self {
        Self {
            until: self.until.max(before.until),
            is_alone: self.is_alone || before.is_alone,
            ..self
        }
    }
}
