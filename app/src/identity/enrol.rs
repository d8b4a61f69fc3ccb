//! Enrolling a first passkey by a link. The link's secret stands behind `#`, where no server and no log sees it.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::passkeys::enrol;
use crate::{
    Failure, browser,
    components::{Notice, PageHeading, Tone, Trouble},
    messages::{phrases, sign_in},
};

/// The page that an enrolment link leads to.
#[component]
pub(crate) fn EnrolPage() -> impl IntoView {
    let t = phrases();
    let secret = RwSignal::new(None::<String>);
    let looked = RwSignal::new(false);
    // Effects run in browsers only, where the fragment is.
    Effect::new(move |_| {
        secret.set(browser::fragment());
        looked.set(true);
        browser::without_fragment();
    });
    let incomplete = move || looked.get() && secret.with(Option::is_none);
    view! {
        <PageHeading title=t.say(sign_in::ENROL) intro=t.say(sign_in::ENROL_INTRO) />
        <EnrolForm secret=secret />
        <div aria-live="polite">
            {move || {
                incomplete()
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Caution title=t.say(sign_in::ENROL_NO_SECRET)>
                                <p>{t.say(sign_in::ENROL_NO_SECRET_MORE)}</p>
                            </Notice>
                        }
                    })
            }}
        </div>
        <noscript>
            <p class="prose">{t.say(sign_in::NEEDS_SCRIPT)}</p>
        </noscript>
    }
}

#[component]
fn EnrolForm(secret: RwSignal<Option<String>>) -> impl IntoView {
    let t = phrases();
    let label = RwSignal::new(t.say(sign_in::ENROL_LABEL_DEFAULT).to_owned());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(link) = secret.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match enrol(&link, &label.get_untracked()).await {
                Ok(()) => browser::go("/"),
                Err(trouble) => {
                    failure.set(Some(trouble));
                    busy.set(false);
                }
            }
        });
    };
    let says = move || t.say(if busy.get() { sign_in::BUSY } else { sign_in::ENROL_BUTTON });
    view! {
        <form class="form" on:submit=begin>
            <div class="field">
                <label class="field-label" for="passkey-label">
                    {t.say(sign_in::ENROL_LABEL)}
                </label>
                <input
                    id="passkey-label"
                    class="input"
                    aria-describedby="passkey-label-hint"
                    maxlength="60"
                    required
                    autocomplete="off"
                    bind:value=label
                />
                <p id="passkey-label-hint" class="field-hint">
                    {t.say(sign_in::ENROL_LABEL_HINT)}
                </p>
            </div>
            <button
                type="submit"
                class="button button-primary button-wide"
                aria-disabled=move || (busy.get() || secret.with(Option::is_none)).to_string()
            >
                {move || says()}
            </button>
        </form>
        <div class="after-button" aria-live="assertive">
            <Trouble failure=failure />
        </div>
    }
}
