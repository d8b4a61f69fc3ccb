//! The event stream (WHATWG HTML §9.2): notes that what a page shows changed, nothing more.
//!
//! Each note is authorised anew; the stream ends with the session, and when the view may no longer be seen, and
//! says so. While that cannot be told, because the database or a cluster is away, it goes on in silence. A stream
//! that was lost, or that ended without a word, is taken up by opening it again: it begins with a note.

use std::{convert::Infallible, future::ready, mem::replace, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use domain::{
    Console, Problem, ProblemCode,
    live::{Standing, View},
    resources::Change,
};
use futures::{Stream, StreamExt, stream, stream::BoxStream};
use serde::Deserialize;

use super::input::Asked;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn, streams::OpenStream};

/// Notes are at least this far apart, however much changes.
const BETWEEN_NOTES: Duration = Duration::from_secs(1);
/// How long a view may stand still before it is looked at anyway: what another replica did is seen by then.
const LOOK_EVERY: Duration = Duration::from_secs(2);

const CHANGED: &str = "changed";
/// The watches behind the view, or the sight of it, were lost or are back.
const FRESHNESS: &str = "freshness";
const ENDED: &str = "ended";

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
    let changes = state.console.changes(&view);
    let shown = state.console.standing(&actor, &view).await?;
    let place = state.streams.open(actor.session());
    let ending = place.ending();
    let console = state.console;
    let watching = Watching { console, view, changes, shown, sight: Sight::Clear, place };
    let notes = stream::once(ready(CHANGED)).chain(stream::unfold(Some(watching), next));
    let notes = notes.map(|name| Ok(note(name))).take_until(ending);
    Ok(Sse::new(notes).keep_alive(KeepAlive::default()))
}

fn note(name: &'static str) -> Event {
    Event::default().event(name).data("{}")
}

/// A view that somebody looks at.
struct Watching {
    console: Console,
    view: View,
    changes: BoxStream<'static, Change>,
    /// How it stood when it was last seen.
    shown: Standing,
    sight: Sight,
    place: OpenStream,
}

/// Whether the view could be seen when it was last looked at.
enum Sight {
    Clear,
    Blocked,
}

/// The next note. The last one says that the person may no longer look.
async fn next(watching: Option<Watching>) -> Option<(&'static str, Option<Watching>)> {
    let mut watching = watching?;
    Some(match watching.next().await {
        Some(note) => (note, Some(watching)),
        None => (ENDED, None),
    })
}

impl Watching {
    async fn next(&mut self) -> Option<&'static str> {
        loop {
            let change = self.wait().await;
            let standing = match self.look().await {
                Ok(standing) => standing,
                Err(problem) if is_over(&problem) => return None,
                Err(problem) => {
                    self.lose_sight(&problem);
                    continue;
                }
            };
            let seen_again = matches!(replace(&mut self.sight, Sight::Clear), Sight::Blocked);
            let moved = replace(&mut self.shown, standing) != self.shown;
            match change {
                _ if moved => return Some(CHANGED),
                _ if seen_again => return Some(FRESHNESS),
                Some(Change::Freshness) => return Some(FRESHNESS),
                Some(_) => return Some(CHANGED),
                None => {}
            }
        }
    }

    async fn look(&mut self) -> Result<Standing, Problem> {
        let actor = self.console.standing_actor(self.place.session()).await?;
        self.console.standing(&actor, &self.view).await
    }

    fn lose_sight(&mut self, problem: &Problem) {
        if matches!(replace(&mut self.sight, Sight::Blocked), Sight::Clear) {
            tracing::warn!(view = %self.view, %problem, "what somebody looks at cannot be seen; it is looked at again");
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

/// Whether the person may no longer look; anything else passes.
pub(super) fn is_over(problem: &Problem) -> bool {
    use ProblemCode::{NotVisible, Refused, SignedOut};
    matches!(problem.code, SignedOut | NotVisible | Refused)
}
