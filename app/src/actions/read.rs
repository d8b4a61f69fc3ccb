//! What the pages of requests read.

use domain::{
    actions::{Now, RequestView, StateName},
    ids::RequestId,
    page::Page,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use super::case::Said;
#[cfg(feature = "ssr")]
use super::tell::said;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer, reader};
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

/// A request, what it would do now, and what the page says beside.
///
/// Not the API's `RequestNow`, which is flattened: that would compile readers of its own into the browser's half.
pub(super) type Case = (RequestView, Option<Now>, Said);

/// One request, if this person may see it, and what it would do now.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_request(id: RequestId) -> Result<Case, Failure> {
    use domain::actions::RequestNow;

    let Caller { console, actor } = Caller::current()?;
    let RequestNow { view, now } = answer(console.request(&actor, id).await)?;
    let said = said(reader(), &view);
    Ok((view, now, said))
}
