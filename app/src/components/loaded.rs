//! What a page reads, and what stands there until it has.

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
    view! {
        <Transition fallback=Loading>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => show(value),
                        Err(failure) => view! { <ProblemPage failure=failure /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
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
