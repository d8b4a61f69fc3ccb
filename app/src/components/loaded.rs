//! What a page reads, and what stands there until it has.

use std::sync::Arc;

use leptos::prelude::*;

use super::ProblemPage;
use crate::{
    Failure,
    messages::{frame, phrases},
    reading::{Kept, Last, Readable, Reading},
};

/// Shows what was read, or the problem that kept it. While it is read anew the old stays.
pub(crate) fn loaded<T: Readable>(
    reading: Reading<T>,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    settled(reading, move |read| match read {
        Ok(value) => show(value),
        Err(failure) => view! { <ProblemPage failure=failure /> }.into_any(),
    })
}

/// Shows what was read, problem or not. While it is read anew the old stays.
pub(crate) fn settled<T: Readable>(
    reading: Reading<T>,
    show: impl Fn(Result<T, Failure>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    awaited(reading.last(), opened(show), || view! { <Loading /> }.into_any())
}

/// The same, but that nothing stands there until it was read.
pub(crate) fn quietly<T: Readable>(
    reading: Reading<T>,
    show: impl Fn(Result<T, Failure>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    awaited(reading.last(), opened(show), || ().into_any())
}

type Show = Arc<dyn Fn(Kept) -> AnyView + Send + Sync>;

fn opened<T: Readable>(
    show: impl Fn(Result<T, Failure>) -> AnyView + Send + Sync + 'static,
) -> Show {
    Arc::new(move |kept: Kept| kept.open().cloned().map_or_else(|| ().into_any(), &show))
}

/// Of one type, so that the browser's half holds it once and not for each page anew.
fn awaited(last: Last, show: Show, until: fn() -> AnyView) -> AnyView {
    let view = move || {
        let show = show.clone();
        Suspend::new(async move { show(last.await) })
    };
    view! { <Transition fallback=until>{view}</Transition> }.into_any()
}

/// Something is being read.
#[component]
pub(crate) fn Loading() -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="visually-hidden">{phrases().say(frame::LOADING)}</span>
            <span class="loading-line"></span>
            <span class="loading-line"></span>
            <span class="loading-line"></span>
        </div>
    }
}
