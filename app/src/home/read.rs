//! What home reads.

use domain::{break_glass::Owed, recovery::RecoveryView, tenants::TenantList};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{Failure, actions::RequestRow, grants::GrantRow, wire::Json};
#[cfg(feature = "ssr")]
use crate::{
    actions::tell::row,
    grants,
    rendering::{Caller, answer, reader},
};

/// What home shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HomeNow {
    /// The tenants this person may see, the worst first.
    pub(super) tenants: TenantList,
    /// The requests that wait for them.
    pub(super) waiting: Vec<RequestRow>,
    /// The roles that wait for their decision.
    pub(super) roles: Vec<GrantRow>,
    /// The recoveries that wait for them: to be signed, or judged.
    pub(super) recoveries: Vec<RecoveryView>,
    /// What they owe of break-glass.
    pub(super) owed: Owed,
}

/// The tenants this person may see, and the requests that wait for them.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_home() -> Result<HomeNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let waiting = answer(console.waiting_for(&actor).await)?;
    let waiting = waiting.into_iter().map(|view| row(reader(), view)).collect();
    let roles = answer(console.grants_waiting_for(&actor).await)?;
    let roles = roles.into_iter().map(grants::row).collect();
    let recoveries = answer(console.recoveries_waiting_for(&actor).await)?;
    let owed = answer(console.owed_by(&actor).await)?;
    let tenants = console.tenants(&actor).await;
    Ok(HomeNow { tenants, waiting, roles, recoveries, owed })
}
