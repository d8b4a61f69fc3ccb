//! What the history reads.

use domain::{audit::Entry, page::Page};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use super::wanted::Wanted;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// A page of entries, and what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HistoryNow {
    pub(super) page: Page<Entry>,
    pub(super) wanted: Wanted,
}

/// Entries, newest first: everybody's for the security role, one's own for everyone.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_history(wanted: Wanted) -> Result<HistoryNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let (filter, page) = answer(wanted.clone().parse())?;
    let page = answer(console.history(&actor, &filter, &page).await)?;
    Ok(HistoryNow { page, wanted })
}
