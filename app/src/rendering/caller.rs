//! Who asks for a page, and how an answer becomes a status.

use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use domain::{Console, Problem, ProblemCode, access::Actor};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{Failure, messages::Phrases, surroundings};

/// The person behind a request, in its extensions, or why there is none: signed out, or it cannot be told.
#[derive(Clone, Debug)]
pub struct CurrentActor(pub Result<Actor, Problem>);

/// The signed-in person who asks, and the console they ask.
pub(crate) struct Caller {
    pub(crate) console: Console,
    pub(crate) actor: Actor,
}

impl Caller {
    /// Whoever sent the present request.
    pub(crate) fn current() -> Result<Self, Failure> {
        keep_from_caches();
        let extensions = use_context::<Parts>().map(|parts| parts.extensions);
        let current = extensions.and_then(|all| all.get::<CurrentActor>().cloned());
        let actor = current.map_or(Err(ProblemCode::SignedOut.into()), |current| current.0);
        let actor = answer(actor)?;
        Ok(Self { console: expect_context(), actor })
    }
}

/// The phrasebook of the person who sent the present request.
pub(crate) fn reader() -> Phrases {
    Phrases(surroundings::read().language)
}

/// The answer of a use case; a problem also becomes the status of the response.
pub(crate) fn answer<T>(answer: Result<T, Problem>) -> Result<T, Failure> {
    answer.map_err(|problem| {
        set_status(problem.code);
        Failure::Problem(problem)
    })
}

/// Makes a problem's status that of the response; the first problem of a page wins.
pub(crate) fn set_status(code: ProblemCode) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let open = response.0.read().is_ok_and(|parts| parts.status.is_none());
    if let (true, Ok(status)) = (open, StatusCode::from_u16(code.status())) {
        response.set_status(status);
    }
}

/// What a person sees is theirs: no cache keeps it.
fn keep_from_caches() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
