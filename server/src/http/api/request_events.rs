//! The events of one request (WHATWG HTML §9.2): how far it has come, until its verdict.
//!
//! Each is authorised anew. `progress` tells of a change, `verdict` of the end, and nothing follows it.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use domain::{Console, Problem, actions::Progress, ids::RequestId, live::View, resources::Change};
use futures::{Stream, StreamExt, stream, stream::BoxStream};

use super::{input::Named, stream::is_over};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn, streams::OpenStream};

/// Events are at least this far apart, however much changes.
const BETWEEN: Duration = Duration::from_millis(500);
/// How long a request may stand still before it is looked at anyway.
const LOOK_EVERY: Duration = Duration::from_secs(2);

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "/api/v1/requests/{id}/events",
            "How far a request has come, until its verdict",
            open,
        )
        .gives(200, "RequestEvents"),
    ]
}

async fn open(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Named(id): Named<RequestId>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ProblemResponse> {
    let first = state.console.progress(&actor, id).await?;
    let tenant = state.console.tenant_of(&actor, id).await?;
    let place = state.streams.open(actor.session());
    let ending = place.ending();
    let changes = state.console.changes(&View::Tenant(tenant));
    let watching = Watching { console: state.console, id, changes, told: None, place };
    let events = stream::unfold(Some((watching, Some(first))), next).take_until(ending);
    Ok(Sse::new(events.map(Ok)).keep_alive(KeepAlive::default()))
}

/// A request that somebody watches.
struct Watching {
    console: Console,
    id: RequestId,
    changes: BoxStream<'static, Change>,
    told: Option<Progress>,
    place: OpenStream,
}

type Watched = Option<(Watching, Option<Progress>)>;

/// The next event; the verdict is the last.
async fn next(watched: Watched) -> Option<(Event, Watched)> {
    let (mut watching, first) = watched?;
    let progress = match first {
        Some(first) => first,
        None => watching.changed().await?,
    };
    watching.told = Some(progress.clone());
    let is_final = progress.state.is_final();
    let name = if is_final { "verdict" } else { "progress" };
    let data = serde_json::to_string(&progress).unwrap_or_default();
    Some((Event::default().event(name).data(data), (!is_final).then_some((watching, None))))
}

impl Watching {
    /// How far it has come, as soon as that is another; none once the person may no longer look.
    async fn changed(&mut self) -> Option<Progress> {
        loop {
            tokio::time::sleep(BETWEEN).await;
            let _moved = tokio::time::timeout(LOOK_EVERY, self.changes.next()).await;
            match self.look().await {
                Ok(progress) if self.told.as_ref() == Some(&progress) => {}
                Ok(progress) => return Some(progress),
                Err(problem) if is_over(&problem) => return None,
                Err(_) => {}
            }
        }
    }

    async fn look(&mut self) -> Result<Progress, Problem> {
        let actor = self.console.standing_actor(self.place.session()).await?;
        self.console.progress(&actor, self.id).await
    }
}
