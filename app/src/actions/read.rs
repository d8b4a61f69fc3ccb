//! What the pages of requests read.

use domain::{
    actions::{Now, RequestView, Review, StateName},
    ids::RequestId,
    names::ObjectName,
    page::Page,
    tenants::TenantName,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// A page of requests.
pub(super) type RequestList = Page<RequestView>;

/// The requests this person may see, newest first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_requests(
    state: Option<StateName>,
    cursor: Option<String>,
) -> Result<RequestList, Failure> {
    use domain::{actions::RequestFilter, page::PageRequest};

    let Caller { console, actor } = Caller::current()?;
    let filter = RequestFilter { states: state.into_iter().collect(), ..RequestFilter::default() };
    answer(console.requests(&actor, &filter, &PageRequest { cursor, limit: None }).await)
}

/// One request, if this person may see it, and what it would do now.
///
/// A pair, because the API's `RequestNow` is flattened: that would compile readers of its own into the browser's half.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_request(id: RequestId) -> Result<(RequestView, Option<Now>), Failure> {
    use domain::actions::RequestNow;

    let Caller { console, actor } = Caller::current()?;
    let RequestNow { view, now } = answer(console.request(&actor, id).await)?;
    Ok((view, now))
}

/// What restarting a pod would do.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn review_restart(
    tenant: TenantName,
    name: ObjectName,
) -> Result<Review, Failure> {
    use domain::actions::{ActionKind, TargetKind, TargetRef, catalogue::RestartPod};

    let Caller { console, actor } = Caller::current()?;
    let TenantName { cluster, namespace } = tenant;
    let target = TargetRef { cluster, namespace, kind: TargetKind::Pod, name };
    answer(console.review(&actor, ActionKind::of(&RestartPod), &target, Default::default()).await)
}
