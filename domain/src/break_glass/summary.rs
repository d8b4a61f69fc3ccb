//! How often glass is broken, and what becomes of it: for whoever reads everybody's history.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Review, ReviewFilter, ReviewState, Verdict};
use crate::{
    access::{Act, Actor, Resource, authorise},
    console::Console,
    problem::Problem,
    time::Timestamp,
};

/// How far back is looked, in two halves that are set beside each other.
const HALF: Duration = Duration::from_hours(24 * 30);

/// What was seen in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthOfSessions {
    /// Sessions that were opened.
    pub sessions: usize,
    /// Of these, without an approver.
    pub alone: usize,
    /// Of these, judged not to be right.
    pub unjustified: usize,
    /// Drills, which are none of these.
    pub drills: usize,
}

/// How often glass is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewSummary {
    /// The last thirty days.
    pub last: MonthOfSessions,
    /// The thirty days before.
    pub before: MonthOfSessions,
    /// Reviews that wait for their verdict, whenever the session was.
    pub open: usize,
    /// Of these, late.
    pub late: usize,
    /// Accounts that are overdue, whenever the session was.
    pub accounts_overdue: usize,
}

impl Console {
    /// How often glass is broken, for whoever reads everybody's history.
    pub async fn review_summary(&self, actor: &Actor) -> Result<ReviewSummary, Problem> {
        authorise(&self.policy(), actor, Act::ReadHistory, &Resource::Console)?;
        let all = self.all_reviews(&ReviewFilter::default()).await?;
        Ok(ReviewSummary::of(&all, self.now()))
    }
}

impl ReviewSummary {
    /// What these reviews come to.
    #[must_use]
    pub fn of(reviews: &[Review], now: Timestamp) -> Self {
        let open = reviews.iter().filter(|it| matches!(it.state, ReviewState::Open(_)));
        let is_late = |it: &&Review| it.state.due().is_some_and(|due| due.is_past(now));
        let (month_ago, two_ago) = (now.minus(HALF), now.minus(HALF * 2));
        Self {
            last: MonthOfSessions::of(reviews.iter().filter(|it| it.opened_at > month_ago)),
            before: MonthOfSessions::of(
                reviews.iter().filter(|it| it.opened_at > two_ago && it.opened_at <= month_ago),
            ),
            open: open.clone().count(),
            late: open.filter(is_late).count(),
            accounts_overdue: reviews.iter().filter(|it| it.is_account_overdue(now)).count(),
        }
    }
}

impl MonthOfSessions {
    fn of<'a>(reviews: impl Iterator<Item = &'a Review>) -> Self {
        reviews.fold(Self::default(), |month, review| {
            if review.is_drill {
                Self { drills: month.drills + 1, ..month }
            } else {
                month.and(review)
            }
        })
    }

    fn and(self, review: &Review) -> Self {
        Self {
            sessions: self.sessions + 1,
            alone: self.alone + usize::from(review.is_alone()),
            unjustified: self.unjustified + usize::from(review.is_unjustified()),
            ..self
        }
    }
}

impl Review {
    fn is_unjustified(&self) -> bool {
        match &self.state {
            ReviewState::Judged { signed, .. } => {
                Verdict::of(signed.commitment.decision) == Some(Verdict::Unjustified)
            }
            ReviewState::Live | ReviewState::Open(_) => false,
        }
    }
}
