//! Clearing away what ran out: nothing here is evidence, and nobody can use it any more.

use domain::{identity::SessionLimits, store::StoreError, time::Timestamp};

use crate::store::{
    connection::Writing,
    statement::{Argument, statements},
};

statements! {
    CEREMONIES[1] = "DELETE FROM ceremonies WHERE expires_at <= $1";
    NONCES[1] = "DELETE FROM nonces WHERE expires_at <= $1";
    LINKS[1] = "DELETE FROM links WHERE expires_at <= $1";
    COOKIES[1] = "DELETE FROM cookies WHERE expires_at <= $1";
    SESSIONS[2] = "DELETE FROM sessions WHERE seen_at <= $1 OR created_at <= $2";
}

/// Clears away what ran out by `now`; how many went.
pub(super) async fn forget(
    writing: &mut Writing,
    now: Timestamp,
    limits: SessionLimits,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    for statement in [CEREMONIES, NONCES, LINKS, COOKIES] {
        gone += statement.execute(writing, [Argument::time(now)]).await?;
    }
    let idle = Argument::time(now.minus(limits.idle));
    let absolute = Argument::time(now.minus(limits.absolute));
    gone += SESSIONS.execute(writing, [idle, absolute]).await?;
    Ok(gone)
}
