//! What the page of stuck notifications reads.

use domain::{notifications::DeliveryId, page::Page, tenants::TenantName, time::Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{Failure, wire::Json};
#[cfg(feature = "ssr")]
use crate::{
    notifications::tell::row,
    rendering::{Caller, answer, reader},
};

/// A stuck notification, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StuckRow {
    pub(super) id: DeliveryId,
    /// To whom it should go.
    pub(super) destination: String,
    /// What happened that it tells of.
    pub(super) event: String,
    /// Where that is.
    pub(super) href: String,
    pub(super) tenant: Option<TenantName>,
    /// Why it does not arrive, and how often it was tried.
    pub(super) failure: String,
    pub(super) attempts: usize,
    pub(super) stuck_at: Timestamp,
    /// When it is tried again; never, once it was given up.
    pub(super) next_attempt: Option<Timestamp>,
}

/// Notifications that are stuck, newest first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_notifications(cursor: String) -> Result<Page<StuckRow>, Failure> {
    use domain::page::PageRequest;
    let Caller { console, actor } = Caller::current()?;
    let cursor = (!cursor.is_empty()).then_some(cursor);
    let page = PageRequest { cursor, limit: None };
    let stuck = answer(console.stuck_notifications(&actor, &page).await)?;
    Ok(stuck.map(|delivery| row(reader(), delivery)))
}
