//! What a page reads, and what stands there until it has.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use super::ProblemPage;
use crate::{
    Failure,
    messages::{frame, phrases},
};

/// Shows what a resource brought, or the problem that kept it. While it is read anew the old stays.
pub(crate) fn loaded<T: Clone + Send + Sync + 'static>(
    resource: Resource<Result<T, Failure>>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    settled(resource, move |read| match read {
        Ok(value) => show(value),
        Err(failure) => view! { <ProblemPage failure=failure /> }.into_any(),
    })
}

/// Shows what a resource brought, problem or not. While it is read anew the old stays.
pub(crate) fn settled<T: Clone + Send + Sync + 'static>(
    resource: Resource<T>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    awaited(Box::new(move || {
        let show = show.clone();
        Box::pin(async move { show(resource.await) })
    }))
}

/// A view that is there later.
type Later = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// Of one type, so that the browser's half holds it once and not for each page anew.
fn awaited(view: Box<dyn Fn() -> Later + Send + Sync>) -> AnyView {
    view! { <Transition fallback=Loading>{move || Suspend::new(view())}</Transition> }.into_any()
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
