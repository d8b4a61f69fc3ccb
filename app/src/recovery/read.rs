//! What the pages of recoveries read.

use domain::{ids::RecoveryId, recovery::RecoveryView, time::Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// What is said of recovery to whoever is or was to be recovered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OwnNow {
    /// The recovery by which somebody wants to let them in again.
    pub(super) under_way: Option<RecoveryId>,
    /// Until when they may agree to nothing, where they were recovered lately.
    pub(super) until: Option<Timestamp>,
}

/// One recovery; with its case, for whoever may judge it.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_recovery(id: RecoveryId) -> Result<RecoveryView, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.recovery(&actor, id).await)
}

/// What is said of recovery to this person; nothing where that cannot be told. The page around it stands either way.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_own_recovery() -> Result<Option<OwnNow>, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let under_way = console.own_recovery(&actor).await;
    let until = console.recovered_until(actor.login()).await;
    Ok(under_way.ok().zip(until.ok()).map(|(under_way, until)| OwnNow { under_way, until }))
}
