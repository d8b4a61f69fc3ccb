//! Who is asked to judge a session: owners of its tenant before others, and nobody who was part of it.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Review, ReviewFilter, ReviewStateName};
use crate::{
    access::{Act, Question, Resource},
    console::Console,
    names::Login,
    policy::PolicySnapshot,
    problem::Problem,
};

impl Review {
    /// What the rules are asked about.
    #[must_use]
    pub fn as_resource(&self, policy: &PolicySnapshot) -> Resource {
        let owners = policy.policy.ownership.owners(&self.tenant);
        Resource::Tenant { name: self.tenant.clone(), owners }
    }
}

impl Console {
    /// Those who may judge a session, whom to ask first in front: owners, then whoever has the fewest reviews to do.
    pub(super) async fn reviewers(
        &self,
        policy: &PolicySnapshot,
        review: &Review,
    ) -> Result<Vec<Login>, Problem> {
        let resource = review.as_resource(policy);
        let owners = policy.policy.ownership.owners(&review.tenant);
        let involved = self.on_the_incident(review).await?;
        let busy = self.reviews_to_do().await?;
        let mut reviewers = policy.who_may(Act::ReviewSession, &resource, &review.person);
        reviewers.retain(|login| !review.involves(login) && !involved.contains(login));
        let mut open = Vec::with_capacity(reviewers.len());
        for login in reviewers {
            if self.can_sign_a_verdict(&login).await? {
                open.push(login);
            }
        }
        let mut reviewers = open;
        reviewers.sort_by_key(|login| {
            let person = policy.policy.people.get(login);
            let owns = person.is_some_and(|it| owners.iter().any(|team| it.teams.contains(team)));
            (Reverse(owns), busy.get(login).copied().unwrap_or(0))
        });
        Ok(reviewers)
    }

    /// Whether somebody who was asked to judge a session may still.
    pub(super) async fn may_be_asked(
        &self,
        policy: &PolicySnapshot,
        review: &Review,
        login: &Login,
    ) -> Result<bool, Problem> {
        let Some(person) = policy.policy.people.get(login) else { return Ok(false) };
        let resource = review.as_resource(policy);
        let question =
            Question { person, act: Act::ReviewSession, resource: &resource, at: policy.at };
        Ok(policy.rules.decide(question).is_allowed()
            && !review.involves(login)
            && self.can_sign_a_verdict(login).await?
            && !self.on_the_incident(review).await?.contains(login))
    }

    /// Whoever broke glass for the incident of a session.
    pub(super) async fn on_the_incident(&self, review: &Review) -> Result<Vec<Login>, Problem> {
        let same =
            ReviewFilter { incident: Some(review.incident_key()), ..ReviewFilter::default() };
        let reviews = self.all_reviews(&same).await?;
        // Whoever practised was part of nothing.
        let reviews = reviews.into_iter().filter(|review| !review.is_drill);
        Ok(reviews.map(|review| review.person).collect())
    }

    async fn reviews_to_do(&self) -> Result<BTreeMap<Login, usize>, Problem> {
        let open = ReviewFilter { states: vec![ReviewStateName::Open], ..ReviewFilter::default() };
        let mut busy = BTreeMap::new();
        for review in self.all_reviews(&open).await? {
            if let Some(reviewer) = review.state.due().and_then(|due| due.reviewer.clone()) {
                *busy.entry(reviewer).or_default() += 1;
            }
        }
        Ok(busy)
    }
}
