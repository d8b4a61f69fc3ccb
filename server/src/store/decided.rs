//! What a decision stood on, checked again where nothing can change it.

use domain::{
    actions::{CommitError, Decided, StandsAs},
    time::Timestamp,
};

use super::{
    connection::Recording,
    grants,
    identity::{ceremonies, people},
    policy::in_force,
    recoveries::lately::recovered_until,
};

/// Nobody who decided, or whose approval is counted on, is locked; whoever agrees was not recovered lately; a session that stands for approvals is live; the policy is the one decided by; the touch is fresh.
pub(super) async fn check(
    recording: &mut Recording,
    decided: &Decided,
    now: Timestamp,
) -> Result<(), CommitError> {
    if people::is_locked(recording, &decided.by).await? {
        return Err(CommitError::Locked);
    }
    if decided.stands_as == StandsAs::Agreement
        && let Some(until) = recovered_until(recording, &decided.by, now).await?
    {
        return Err(CommitError::RecoveredLately { until });
    }
    for approver in &decided.counted_on {
        // What somebody agreed to before they were recovered may have been a thief's word.
        if people::is_locked(recording, approver).await?
            || recovered_until(recording, approver, now).await?.is_some()
        {
            return Err(CommitError::ApproverLocked);
        }
    }
    if let Some(session) = decided.session
        && !grants::commit::is_live(recording, session, now).await?
    {
        return Err(CommitError::SessionOver);
    }
    if in_force(recording).await? != Some(decided.policy) {
        return Err(CommitError::PolicyMoved);
    }
    if let Some(nonce) = decided.nonce
        && !ceremonies::consume(recording, nonce, &decided.by, now).await?
    {
        return Err(CommitError::NonceSpent);
    }
    Ok(())
}
