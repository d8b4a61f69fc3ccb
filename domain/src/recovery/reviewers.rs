//! Who is asked to judge a recovery: whoever reads everybody's history, and was no part of it.

use std::collections::BTreeMap;

use super::{Recovery, RecoveryFilter, RecoveryStateName};
use crate::{
    access::{Act, Resource},
    console::Console,
    names::Login,
    policy::PolicySnapshot,
    problem::Problem,
};

impl Console {
    /// Those who may judge a recovery, whoever has the fewest of them to judge in front.
    pub(super) async fn recovery_reviewers(
        &self,
        policy: &PolicySnapshot,
        recovery: &Recovery,
    ) -> Result<Vec<Login>, Problem> {
        let busy = self.recoveries_to_judge().await?;
        let person = &recovery.body.person;
        let mut reviewers = Vec::new();
        for login in policy.who_may(Act::ReadHistory, &Resource::Console, person) {
            if !recovery.involves(&login) && self.can_sign_a_verdict(&login).await? {
                reviewers.push(login);
            }
        }
        reviewers.sort_by_key(|login| busy.get(login).copied().unwrap_or(0));
        Ok(reviewers)
    }

    async fn recoveries_to_judge(&self) -> Result<BTreeMap<Login, usize>, Problem> {
        let mut busy = BTreeMap::new();
        for recovery in self.recoveries_that_are(RecoveryStateName::Enrolled).await? {
            if let Some(reviewer) = recovery.state.due().and_then(|due| due.reviewer.clone()) {
                *busy.entry(reviewer).or_default() += 1;
            }
        }
        Ok(busy)
    }

    pub(super) async fn recoveries_that_are(
        &self,
        state: RecoveryStateName,
    ) -> Result<Vec<Recovery>, Problem> {
        let filter = RecoveryFilter { states: vec![state], person: None };
        self.all_recoveries(&filter).await
    }
}
