//! Reviews follow their sessions: due when these close, reminded of and escalated when nobody comes.

use super::{Due, Nudge, Review, ReviewChange, ReviewFilter, ReviewState, ReviewStateName};
use crate::{
    actions::CommitError,
    audit::{EntryDraft, EntryOutcome},
    console::Console,
    grants::{Grant, GrantState},
    ids::GrantId,
    problem::Problem,
    store::StoreError,
    tally::Tally,
    time::Timestamp,
};

impl Console {
    /// Opens the reviews of sessions that closed. Answers how many; one that cannot be opened keeps no other.
    pub async fn follow_sessions(&self) -> Result<usize, Problem> {
        let mut tally = Tally::default();
        for review in self.reviews_that_are(ReviewStateName::Live).await? {
            tally.add(self.follow(review).await);
        }
        tally.finish()
    }

    /// Reminds whoever owes something, asks somebody else where the reviewer is gone, and escalates what is late. Answers
    /// how many reviews moved; one that cannot be moved keeps no other.
    pub async fn chase_reviews(&self) -> Result<usize, Problem> {
        // Who may judge goes by the policy in force: a replica that holds another one would ask others over and over.
        if !self.holds_policy_in_force().await? {
            return Ok(0);
        }
        let mut tally = Tally::default();
        for review in self.reviews_that_are(ReviewStateName::Open).await? {
            tally.add(self.chase(review).await);
        }
        tally.finish()
    }

    pub(super) async fn reviews_that_are(
        &self,
        state: ReviewStateName,
    ) -> Result<Vec<Review>, Problem> {
        let filter = ReviewFilter { states: vec![state], ..ReviewFilter::default() };
        self.all_reviews(&filter).await
    }

    /// The same as [`Console::follow_sessions`] for one session.
    pub(super) async fn follow_session(&self, id: GrantId) -> Result<bool, Problem> {
        let review = match self.ports.grants.grant(id).await {
            Ok(Some(session)) => self.review_of(&session).await?,
            Ok(None) | Err(StoreError::Corrupt(_)) => None,
            Err(error) => return Err(error.into()),
        };
        match review {
            Some(review) => self.follow(review).await,
            None => Ok(false),
        }
    }

    async fn follow(&self, review: Review) -> Result<bool, Problem> {
        if review.state != ReviewState::Live {
            return Ok(false);
        }
        match self.all_closed_at(&review).await? {
            Some(closed_at) => {
                self.commit_review_if_first(self.closing(review, closed_at).await?).await
            }
            None => Ok(false),
        }
    }

    async fn chase(&self, review: Review) -> Result<bool, Problem> {
        let ReviewState::Open(due) = review.state.clone() else { return Ok(false) };
        match self.due_change(review, &due).await? {
            Some(change) => self.commit_review_if_first(change).await,
            None => Ok(false),
        }
    }

    /// Commits a change unless another replica, or a person, was first.
    async fn commit_review_if_first(&self, change: ReviewChange) -> Result<bool, Problem> {
        match self.ports.reviews.commit_review(change).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// When the last session that a review covers closed, if all did.
    async fn all_closed_at(&self, review: &Review) -> Result<Option<Timestamp>, Problem> {
        let mut last = None;
        for session in review.sessions() {
            match self.closed_at(session).await? {
                Some(at) => last = last.max(Some(at)),
                None => return Ok(None),
            }
        }
        Ok(last)
    }

    /// When a session closed, if it did. One whose record somebody spoilt is closed as of now: nothing explains what a
    /// cluster holds of it.
    async fn closed_at(&self, session: GrantId) -> Result<Option<Timestamp>, Problem> {
        match self.ports.grants.grant(session).await {
            Ok(Some(session)) => Ok(session.closed_at()),
            Ok(None) | Err(StoreError::Corrupt(_)) => Ok(Some(self.now())),
            Err(error) => Err(error.into()),
        }
    }

    async fn closing(&self, review: Review, closed_at: Timestamp) -> Result<ReviewChange, Problem> {
        let policy = self.policy();
        let reviewer = self.reviewers(&policy, &review).await?.into_iter().next();
        let review = review.close(closed_at, policy.policy.review_within(), reviewer)?;
        let entry = review.entry_by_itself(self.now(), EntryOutcome::Due);
        Ok(told(review, entry))
    }

    /// What is to be said or changed about a review that is due; the first of it.
    async fn due_change(&self, review: Review, due: &Due) -> Result<Option<ReviewChange>, Problem> {
        let (policy, now) = (self.policy(), self.now());
        let is_there = match &due.reviewer {
            Some(reviewer) => self.may_be_asked(&policy, &review, reviewer).await?,
            None => false,
        };
        if !is_there {
            let next = self.reviewers(&policy, &review).await?.into_iter().next();
            if next != due.reviewer {
                let review = review.assign(next)?;
                let entry = review.entry_by_itself(now, EntryOutcome::Assigned);
                return Ok(Some(told(review, entry)));
            }
        }
        let (review, outcome) = match due.nudge(now) {
            None => return Ok(None),
            Some(Nudge::Remind) => (review.remind(now)?, EntryOutcome::Reminded),
            Some(Nudge::Escalate) => (review.escalate(now)?, EntryOutcome::Escalated),
        };
        let entry = review.entry_by_itself(now, outcome);
        Ok(Some(told(review, entry)))
    }
}

/// A change with all that is due in its entry.
fn told(review: Review, entry: EntryDraft) -> ReviewChange {
    let entry = match review.state.due() {
        Some(due) => entry.with_json("due", due),
        None => entry,
    };
    ReviewChange::of(review, entry)
}

impl Grant {
    /// When the word was given that it ends.
    fn closed_at(&self) -> Option<Timestamp> {
        match &self.state {
            GrantState::Ending(ending) | GrantState::Ended { ending, .. } => Some(ending.at),
            _ => None,
        }
    }
}
