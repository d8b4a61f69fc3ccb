//! When somebody was recovered, asked wherever their agreement would count.

use domain::{names::Login, recovery::RECOVERED_LATELY, store::StoreError, time::Timestamp};

use crate::store::{
    connection::Recording,
    statement::{Argument, Connected, statements},
};

statements! {
    RECOVERED_AT[1] = "SELECT recovered_at FROM recoveries \
        WHERE person = $1 AND recovered_at IS NOT NULL ORDER BY recovered_at DESC LIMIT 1";
}

/// When a person was recovered last.
pub(super) async fn recovered_at(
    on: &mut impl Connected,
    login: &Login,
) -> Result<Option<Timestamp>, StoreError> {
    let row = RECOVERED_AT.first(on, [Argument::text(login)]).await?;
    row.map(|row| row.time("recovered_at")).transpose()
}

/// Until when a person agrees to nothing, as of this transaction.
pub(in crate::store) async fn recovered_until(
    recording: &mut Recording,
    login: &Login,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let recovered_at = recovered_at(recording, login).await?;
    let until = recovered_at.map(|at| at.plus(RECOVERED_LATELY));
    Ok(until.filter(|until| now < *until))
}
