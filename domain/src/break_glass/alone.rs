//! Whether somebody may open a session by nobody's word but their own.

use serde::{Deserialize, Serialize};

use super::{Declaration, Review, ReviewFilter, ReviewStateName};
use crate::{
    console::Console,
    grants::{Grant, GrantFilter, GrantStateName},
    ids::GrantId,
    names::Login,
    page,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    tenants::TenantName,
    time::Timestamp,
};

/// How many sessions may wait for their review before no further one is opened alone.
pub const MOST_UNREVIEWED: u32 = 2;

/// Why opening alone is closed to somebody. With an approver it stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedAlone {
    /// They owe an account of an earlier session.
    AccountOverdue,
    /// Two of their sessions wait for their review.
    Unreviewed,
    /// One that they opened alone is live.
    Live,
    /// An approver answered, and said no.
    Denied,
    /// They were recovered lately.
    Recovered,
}

/// Who wants to open alone, where, and what it goes on from.
pub(super) struct Whose {
    pub(super) person: Login,
    pub(super) tenant: TenantName,
    /// The session that it all began with, which is no other than this.
    pub(super) goes_on_from: Option<GrantId>,
}

impl Whose {
    pub(super) fn of(session: &Grant) -> Self {
        Self {
            person: session.body.holder.clone(),
            tenant: session.body.tenant.name(),
            goes_on_from: session.goes_on().then(|| session.first_session()),
        }
    }
}

impl ClosedAlone {
    /// Why opening alone is closed to whom these reviews are of, if it is. A drill stands against nothing.
    #[must_use]
    pub fn by(reviews: &[Review], now: Timestamp) -> Option<Self> {
        let reviews = || reviews.iter().filter(|review| !review.is_drill);
        let is_open = |it: &&Review| it.state.name() == ReviewStateName::Open;
        if reviews().any(|it| it.is_account_overdue(now)) {
            Some(Self::AccountOverdue)
        } else if reviews().filter(is_open).count() >= MOST_UNREVIEWED as usize {
            Some(Self::Unreviewed)
        } else {
            let live = |it: &Review| it.state.name() == ReviewStateName::Live && it.is_alone();
            reviews().any(live).then_some(Self::Live)
        }
    }

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountOverdue => "account_overdue",
            Self::Unreviewed => "unreviewed",
            Self::Live => "live",
            Self::Denied => "denied",
            Self::Recovered => "recovered",
        }
    }
}

impl Console {
    /// Whether a session that was declared may be opened alone by its holder now.
    pub(super) async fn check_alone(
        &self,
        policy: &PolicySnapshot,
        session: &Grant,
    ) -> Result<(), Problem> {
        if let Some(why) = self.closed_alone(policy, Whose::of(session)).await? {
            return Err(Problem::from(ProblemCode::SoloClosed).with("why", why.as_str()));
        }
        let now = self.now();
        match session.alone_from(policy)?.filter(|from| now < *from) {
            Some(from) => Err(Problem::from(ProblemCode::Patience)
                .with("left_seconds", from.since(now).as_secs())
                .with("alone_from", from)),
            None => Ok(()),
        }
    }

    pub(super) async fn closed_alone(
        &self,
        policy: &PolicySnapshot,
        whose: Whose,
    ) -> Result<Option<ClosedAlone>, Problem> {
        let Whose { person, tenant, goes_on_from } = whose;
        let theirs = ReviewFilter { person: Some(person.clone()), ..ReviewFilter::default() };
        if self.recovered_until(&person).await?.is_some() {
            return Ok(Some(ClosedAlone::Recovered));
        }
        let mut reviews = self.all_reviews(&theirs).await?;
        reviews.retain(|review| Some(review.session) != goes_on_from);
        let closed = ClosedAlone::by(&reviews, self.now());
        if closed.is_some() || !self.was_denied(policy, &person, &tenant).await? {
            return Ok(closed);
        }
        Ok(Some(ClosedAlone::Denied))
    }

    /// Whether an approver said no to them there lately: somebody did answer.
    async fn was_denied(
        &self,
        policy: &PolicySnapshot,
        person: &Login,
        tenant: &TenantName,
    ) -> Result<bool, Problem> {
        // Where nobody breaks glass any more, nothing is open to one alone.
        let Some(settings) = &policy.policy.break_glass else { return Ok(false) };
        let denied = GrantFilter::of(person, tenant, &[GrantStateName::Denied]);
        let since = self.now().minus(settings.declared_for);
        let lately = |it: &Grant| {
            let is_session = it.body.declaration.is_some() && !it.is_drill();
            is_session && it.state.ended_at().is_some_and(|at| at > since)
        };
        Ok(self.all_grants(&denied).await?.iter().any(lately))
    }

    /// Every review of a kind, however many pages they fill.
    pub(super) async fn all_reviews(&self, filter: &ReviewFilter) -> Result<Vec<Review>, Problem> {
        let read = |page| async move { self.ports.reviews.reviews(filter, &page).await };
        Ok(page::all(read).await?)
    }
}

impl Grant {
    /// From when on it may be opened alone: by what was declared, and by the policy in force where that is stricter.
    pub(super) fn alone_from(&self, policy: &PolicySnapshot) -> Result<Option<Timestamp>, Problem> {
        let tier = policy.policy.tiers.of(&self.body.tenant.name());
        let now_from = policy.break_glass()?.alone_from(tier, self.body.created_at);
        let declared = self.body.declaration.as_ref();
        // Who goes on alone waited once.
        let waited = |declared: &&Declaration| {
            declared.goes_on.is_some() && declared.alone_from <= self.body.created_at
        };
        Ok(declared.map(|declared| match Some(declared).filter(waited) {
            Some(waited) => waited.alone_from,
            None => declared.alone_from.max(now_from),
        }))
    }
}
