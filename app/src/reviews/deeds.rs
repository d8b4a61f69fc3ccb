//! What was done in a session, as far as this console knows, in order.

use domain::{audit::Entry, break_glass::Case};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    audit::{about, action, outcome, who},
    components::{Badge, Notice, Section, Tone, Views, exact},
    messages::{entries, phrases, reviews},
};

/// Everything that was done, and that it may not be everything.
pub(super) fn deeds(case: &Case) -> AnyView {
    let t = phrases();
    let cut = case.is_cut.then(|| {
        view! { <Notice tone=Tone::Caution title=t.say(reviews::CUT) /> }
    });
    let deeds = timeline(&case.deeds);
    view! {
        <Section id="deeds" title=t.say(reviews::DEEDS)>
            <p class="field-hint">{t.say(reviews::PAST_CONSOLE)}</p>
            {cut}
            {deeds}
        </Section>
    }
    .into_any()
}

/// What was done, in order.
pub(crate) fn timeline(deeds: &[Entry]) -> AnyView {
    if deeds.is_empty() {
        return view! { <p class="muted">{phrases().say(reviews::NO_DEEDS)}</p> }.into_any();
    }
    let deeds = deeds.iter().map(deed).views();
    view! { <ol class="timeline">{deeds}</ol> }.into_any()
}

fn deed(entry: &Entry) -> AnyView {
    let t = phrases();
    let (tone, ended) = outcome(entry.outcome);
    let by = t.fill(reviews::BY, &[("person", &who(t, entry))]);
    let about = about(entry);
    let about = (!about.is_empty()).then(|| view! { <p class="comment">{about}</p> });
    let request = entry.request.map(|id| {
        view! { <A href=format!("/requests/{id}")>{t.say(entries::SHOW_REQUEST)}</A> }
    });
    view! {
        <li class="timeline-item">
            <span class="timeline-what">{action(t, entry.action)}</span>
            <Badge tone=tone label=t.say(ended) />
            <span class="muted">{by}</span>
            <span class="muted">
                {exact(entry.at)}
            </span>
            {request}
            {about}
        </li>
    }
    .into_any()
}
