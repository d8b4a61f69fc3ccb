//! Signing in: one button, no name.

use leptos::{prelude::*, task::spawn_local};

use super::passkeys::sign_in;
use crate::{
    Failure, browser,
    components::{PageHeading, Trouble},
    messages::{phrases, sign_in},
};

/// The page to sign in on.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let t = phrases();
    view! {
        <PageHeading title=t.say(sign_in::TITLE) intro=t.say(sign_in::INTRO) />
        <SignInButton then=|| browser::go("/") />
    }
}

/// The way in, at the address of a page that asks for a signed-in person.
#[component]
pub(crate) fn SignInAgain() -> impl IntoView {
    let t = phrases();
    view! {
        <PageHeading title=t.say(sign_in::SIGNED_OUT) intro=t.say(sign_in::SIGNED_OUT_MORE) />
        <SignInButton then=browser::reload />
    }
}

#[component]
fn SignInButton(then: fn()) -> impl IntoView {
    let t = phrases();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let begin = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match sign_in().await {
                Ok(()) => then(),
                Err(trouble) => {
                    failure.set(Some(trouble));
                    busy.set(false);
                }
            }
        });
    };
    let label = move || t.say(if busy.get() { sign_in::BUSY } else { sign_in::BUTTON });
    view! {
        <button
            type="button"
            class="button button-primary button-wide"
            aria-disabled=move || busy.get().to_string()
            on:click=begin
        >
            {move || label()}
        </button>
        <div class="after-button" aria-live="assertive">
            <Trouble failure=failure />
        </div>
        <noscript>
            <p class="prose">{t.say(sign_in::NEEDS_SCRIPT)}</p>
        </noscript>
        <div class="aside">
            <h2 class="aside-title">{t.say(sign_in::NO_PASSKEY)}</h2>
            <p>{t.say(sign_in::NO_PASSKEY_MORE)}</p>
        </div>
    }
}
