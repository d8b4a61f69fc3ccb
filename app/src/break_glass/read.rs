//! What the pages of break-glass read.

use domain::{
    break_glass::{ClosedAlone, LiveSession, ReviewView, SessionOffer},
    ids::GrantId,
    tenants::TenantName,
    time::Timestamp,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{
    Failure,
    grants::{GrantNow, GrantRow},
    wire::Json,
};
#[cfg(feature = "ssr")]
use crate::{
    grants,
    rendering::{Caller, answer},
};

/// The sessions that are live or wait to be opened, and where one could be declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BreakGlassNow {
    pub(super) live: Vec<LiveSession>,
    /// What this person declared or is to decide about, and nobody opened yet.
    pub(super) waiting: Vec<GrantRow>,
    /// The tenants this person may see.
    pub(super) tenants: Vec<TenantName>,
}

/// A session, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SessionNow {
    /// The grant that it is.
    pub(super) grant: GrantNow,
    /// Whether this person may open it alone, once its time has come.
    pub(super) may_open: bool,
    /// Whether this person may go on from it.
    pub(super) may_go_on: bool,
    pub(super) alone_from: Timestamp,
    /// Why its holder may not open it alone, while it waits.
    pub(super) alone_closed: Option<ClosedAlone>,
    /// Whether this person owes an account of it.
    pub(super) owes_account: bool,
    /// Its review, once it was opened, for whoever may see it.
    pub(super) review: Option<ReviewView>,
}

/// The sessions that everybody who sees their tenants is told of; nothing where that cannot be told. The page around
/// them stands either way.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(crate) async fn read_live() -> Result<Option<Vec<LiveSession>>, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(console.live_sessions(&actor).await.ok())
}

/// The sessions that are live or wait to be opened, and where one could be declared.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_break_glass() -> Result<BreakGlassNow, Failure> {
    use domain::{
        grants::{GrantStateName, GrantView},
        page::PageRequest,
    };
    let Caller { console, actor } = Caller::current()?;
    let live = answer(console.live_sessions(&actor).await)?;
    let own = answer(console.own_grants(&actor, &PageRequest::default()).await)?;
    let others = answer(console.grants_waiting_for(&actor).await)?;
    let waits = |it: &GrantView| it.state == GrantStateName::Pending && it.declaration.is_some();
    let waiting = own.items.into_iter().chain(others).filter(waits).map(grants::row);
    let tenants = console.tenants(&actor).await.items.into_iter().map(|it| it.name());
    Ok(BreakGlassNow { live, waiting: waiting.collect(), tenants: tenants.collect() })
}

/// How glass is broken in a tenant, or gone on with from a live session.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_offer(
    tenant: TenantName,
    after: Option<GrantId>,
) -> Result<SessionOffer, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.session_offer(&actor, &tenant, after).await)
}

/// One session.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_session(id: GrantId) -> Result<SessionNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let view = answer(console.session(&actor, id).await)?;
    Ok(SessionNow {
        grant: grants::shown(view.grant),
        may_open: view.may_open,
        may_go_on: view.may_go_on,
        alone_from: view.alone_from,
        alone_closed: view.alone_closed,
        owes_account: view.owes_account,
        review: view.review,
    })
}
