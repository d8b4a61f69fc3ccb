//! Giving what was approved: the deed after the word.

use super::{EndReason, Grant, GrantChange, Held, ReadyGrant};
use crate::{
    actions::{CommitError, EffectError},
    audit::EntryOutcome,
    console::Console,
    problem::Problem,
    time::Timestamp,
};

impl Console {
    /// Makes the grant in its cluster and writes down what came of it. What is refused ends; where nobody heard an
    /// answer, reconciling looks once no call can be on its way.
    pub async fn give(&self, ready: ReadyGrant) -> Result<(), Problem> {
        let ReadyGrant { grant, permit, word, cluster } = ready;
        let said = if grant.is_drill() {
            // Everything but the power.
            Ok(Held::nothing())
        } else {
            cluster.grants().give(permit, word).await
        };
        let now = self.now();
        let change = match said {
            Ok(held) => {
                let grant = grant.given(held.clone(), now)?;
                let entry = grant.entry_by_itself(now, EntryOutcome::Given);
                GrantChange::of(grant, entry.with_json("held", &held))
            }
            Err(EffectError::Unknown { .. }) => return Ok(()),
            Err(error) => not_given(grant, &error.to_string(), now)?,
        };
        let given = change.grant.clone();
        match self.ports.grants.commit_grant(change).await {
            Ok(_) if given.is_held() => self.end_the_one_before(&given).await.map(drop),
            // Somebody ended it meanwhile: ending takes away what was just made.
            Ok(_) | Err(CommitError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The word that what could not be given ends.
pub(super) fn not_given(grant: Grant, why: &str, now: Timestamp) -> Result<GrantChange, Problem> {
    let grant = grant.end(EndReason::NotGiven, None, now)?;
    let entry = grant.entry_by_itself(now, EntryOutcome::Ending);
    let entry = entry.with("reason", EndReason::NotGiven.as_str()).with("message", why);
    Ok(GrantChange::of(grant, entry))
}
