//! Who is calling: from the session cookie to the person.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::Response,
};
use domain::{Problem, ProblemCode, access::Actor, ids::SessionId};
use tower_sessions::Session;

use super::{AppState, ProblemResponse};

/// Under this key a session cookie's record names our session.
pub(super) const SESSION_KEY: &str = "session";

/// What every page asks again and again, whether somebody sits before it or not.
const ASKED_BY_ITSELF: [&str; 2] =
    ["/pages/app/break_glass/read/read_live", "/pages/app/recovery/read/read_own_recovery"];

/// Why the caller could not be told, where that is not their doing.
#[derive(Clone, Debug)]
struct Unidentified(Problem);

/// Puts `Option<Actor>` among the extensions of every request.
pub(super) async fn identify(
    State(state): State<AppState>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let by_itself = ASKED_BY_ITSELF.contains(&request.uri().path());
    let actor = match actor_of(&state, &session, by_itself).await {
        Ok(actor) => actor,
        Err(problem) => {
            request.extensions_mut().insert(Unidentified(problem));
            None
        }
    };
    request.extensions_mut().insert(actor);
    next.run(request).await
}

/// Whose session it is; its idle time begins anew, but where a page asks by itself.
async fn actor_of(
    state: &AppState,
    session: &Session,
    by_itself: bool,
) -> Result<Option<Actor>, Problem> {
    let id: Option<SessionId> =
        session.get(SESSION_KEY).await.map_err(|_| ProblemCode::DatabaseUnavailable)?;
    let Some(id) = id else {
        return Ok(None);
    };
    let actor = if by_itself {
        state.console.standing_actor(id).await
    } else {
        state.console.authenticate(id).await
    };
    match actor {
        Ok(actor) => Ok(Some(actor)),
        Err(problem) if problem.code == ProblemCode::SignedOut => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The signed-in person, as handlers take them.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Actor);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        Ok(Self(caller(&parts.extensions)?))
    }
}

/// The person behind a request that was [identified](identify).
pub(crate) fn caller(extensions: &http::Extensions) -> Result<Actor, Problem> {
    if let Some(Unidentified(problem)) = extensions.get() {
        return Err(problem.clone());
    }
    let actor: Option<&Option<Actor>> = extensions.get();
    actor.cloned().flatten().ok_or_else(|| ProblemCode::SignedOut.into())
}
