//! What a decision stood on, checked again where nothing can change it.

use domain::{
    actions::{CommitError, Decided},
    time::Timestamp,
};

use super::{
    connection::Recording,
    grants,
    identity::{ceremonies, people},
    policy::in_force,
};

/// Nobody who decided, or whose approval is counted on, is locked; a session that stands for approvals is live; the policy is the one decided by; the touch is fresh.
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
