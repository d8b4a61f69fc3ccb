//! What the pages of requests read.

use domain::{
    actions::{RequestNow, RequestView, Review, StateName},
    ids::RequestId,
    names::ObjectName,
    page::Page,
    tenants::TenantName,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};

/// A page of requests.
pub(super) type RequestList = Page<RequestView>;

/// The requests this person may see, newest first.
#[server(prefix = "/pages", input = GetUrl)]
pub(super) async fn read_requests(
    state: Option<StateName>,
    cursor: Option<String>,
) -> Result<RequestList, Failure> {
    use domain::{actions::RequestFilter, page::PageRequest};

    let Caller { console, actor } = Caller::current()?;
    let filter = RequestFilter { states: state.into_iter().collect(), ..RequestFilter::default() };
    answer(console.requests(&actor, &filter, &PageRequest { cursor, limit: None }).await)
}

/// One request, if this person may see it.
#[server(prefix = "/pages", input = GetUrl)]
pub(super) async fn read_request(id: RequestId) -> Result<RequestNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.request(&actor, id).await)
}

/// What restarting a pod would do.
#[server(prefix = "/pages", input = GetUrl)]
pub(super) async fn review_restart(
    tenant: TenantName,
    name: ObjectName,
) -> Result<Review, Failure> {
    use domain::actions::{ActionKind, TargetKind, TargetRef};

    let Caller { console, actor } = Caller::current()?;
    let TenantName { cluster, namespace } = tenant;
    let target = TargetRef { cluster, namespace, kind: TargetKind::Pod, name };
    answer(console.review(&actor, ActionKind::RestartPod, &target).await)
}
