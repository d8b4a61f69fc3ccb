//! How the page of an object begins: its name, its kind, and how it stands.

use domain::actions::TargetRef;
use leptos::prelude::*;

use crate::components::PageHeading;

/// An object's name and kind, before how it stands.
pub(super) fn head(target: &TargetRef, standing: AnyView) -> AnyView {
    let (name, kind) = (target.name.to_string(), target.kind.as_str());
    view! {
        <PageHeading title=name />
        <div class="summary-line">
            <span class="owner-kind">{kind}</span>
            {standing}
        </div>
    }
    .into_any()
}
