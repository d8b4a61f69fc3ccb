//! What a decision stood on, checked again where nothing can change it.

use domain::{
    actions::{CommitError, Decided},
    time::Timestamp,
};

use super::{
    connection::Recording,
    identity::{ceremonies, people},
    policy::in_force,
};

/// Nobody who decided, or whose approval is counted on, is locked; the policy is the one decided by; the touch is fresh.
pub(super) async fn check(
    recording: &mut Recording,
    decided: &Decided,
    now: Timestamp,
) -> Result<(), CommitError> {
    if people::is_locked(recording, &decided.by).await? {
        return Err(CommitError::Locked);
    }
    for approver in &decided.counted_on {
        if people::is_locked(recording, approver).await? {
            return Err(CommitError::ApproverLocked);
        }
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
