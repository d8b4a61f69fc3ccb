//! What the pages of requests read.

use domain::{actions::StateName, ids::RequestId, page::Page};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use super::case::{Case, RequestRow};
#[cfg(feature = "ssr")]
use super::tell::{case, row};
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer, reader};
use crate::{Failure, wire::Json};

/// A page of requests.
pub(super) type RequestList = Page<RequestRow>;

/// The requests this person may see, newest first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_requests(
    state: Option<StateName>,
    cursor: Option<String>,
) -> Result<RequestList, Failure> {
    use domain::{actions::RequestFilter, page::PageRequest};

    let Caller { console, actor } = Caller::current()?;
    let filter = RequestFilter { states: state.into_iter().collect(), ..RequestFilter::default() };
    let found = console.requests(&actor, &filter, &PageRequest { cursor, limit: None }).await;
    Ok(answer(found)?.map(|view| row(reader(), view)))
}

/// One request, if this person may see it, and what it would do now.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_request(id: RequestId) -> Result<Case, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let request = answer(console.request(&actor, id).await)?;
    let progress = match request.view.state {
        StateName::Executing | StateName::Failed => {
            Some(answer(console.progress(&actor, id).await)?)
        }
        _ => None,
    };
    Ok(case(reader(), request, progress))
}
