//! The event stream (WHATWG HTML §9.2): notes that what a page shows changed, nothing more.
//!
//! Each note is authorised anew; the stream ends with the session, and when the view may no longer be seen, and
//! says so. A stream that was lost is taken up by opening it again: it begins with a note.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use domain::{
    Console, Problem,
    ids::SessionId,
    live::{Standing, View},
    resources::Change,
};
use futures::{Stream, StreamExt, stream, stream::BoxStream};
use serde::Deserialize;

use super::input::Asked;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

/// Notes are at least this far apart, however much changes.
const BETWEEN_NOTES: Duration = Duration::from_secs(1);
/// How long a view may stand still before it is looked at anyway: what another replica did is seen by then.
const LOOK_EVERY: Duration = Duration::from_secs(2);

pub(super) fn endpoints() -> Vec<Endpoint> {
    let summary = "Notes of change for what one looks at";
    vec![Endpoint::get("/api/v1/stream", summary, open).query(&["view"]).gives(200, "EventStream")]
}

#[derive(Deserialize)]
struct Opened {
    view: String,
}

async fn open(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(Opened { view }): Asked<Opened>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ProblemResponse> {
    let view: View = view.parse().map_err(|rule| Problem::malformed("view", rule))?;
    state.console.standing(&actor, &view).await?;
    let watching = Watching {
        changes: state.console.changes(&view),
        console: state.console,
        session: actor.session(),
        view,
        shown: None,
    };
    let notes = stream::unfold(Some(watching), next).map(|name| Ok(note(name)));
    Ok(Sse::new(notes).keep_alive(KeepAlive::default()))
}

fn note(name: &'static str) -> Event {
    Event::default().event(name).data("{}")
}

/// A view that somebody looks at.
struct Watching {
    console: Console,
    session: SessionId,
    view: View,
    changes: BoxStream<'static, Change>,
    /// How it stood when the last note was given.
    shown: Option<Standing>,
}

/// The next note. The last one says that the person may no longer look.
async fn next(watching: Option<Watching>) -> Option<(&'static str, Option<Watching>)> {
    Some(match watching?.next().await {
        Some((note, watching)) => (note, Some(watching)),
        None => ("ended", None),
    })
}

impl Watching {
    async fn next(mut self) -> Option<(&'static str, Self)> {
        loop {
            let change = match self.shown {
                None => None,
                Some(_) => self.wait().await,
            };
            let actor = self.console.standing_actor(self.session).await.ok()?;
            let standing = self.console.standing(&actor, &self.view).await.ok()?;
            let moved = self.shown.as_ref() != Some(&standing);
            self.shown = Some(standing);
            match change {
                Some(Change::Freshness) if !moved => return Some(("freshness", self)),
                None if !moved => {}
                _ => return Some(("changed", self)),
            }
        }
    }

    /// Waits for a change, or until it is time to look anyway; what comes in one stretch is one note.
    async fn wait(&mut self) -> Option<Change> {
        tokio::time::sleep(BETWEEN_NOTES).await;
        let mut last = tokio::time::timeout(LOOK_EVERY, self.changes.next()).await.ok().flatten();
        while let Some(Some(more)) = futures::FutureExt::now_or_never(self.changes.next()) {
            if last != Some(Change::Everything) {
                last = Some(more);
            }
        }
        last
    }
}
