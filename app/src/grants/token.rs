//! Using a role that is held: a kubeconfig, shown once.

use domain::ids::GrantId;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    browser::{Method, as_download, call},
    components::{Notice, Section, Tone},
    messages::{grants, phrases},
    signing::{Desk, Stage},
};

/// What was made on this page, and for which grant; gone with the page.
pub(crate) type Shown = RwSignal<Option<(GrantId, String)>>;

#[derive(Serialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Made {
    kubeconfig: String,
}

/// The button that makes a kubeconfig, and what it made.
pub(crate) fn token(id: GrantId, shown: Shown, desk: Desk) -> AnyView {
    let t = phrases();
    let make = move |_| {
        // A second press would make a second token.
        if desk.stage.get_untracked() != Stage::Idle {
            return;
        }
        desk.stage.set(Stage::Sending);
        desk.failure.set(None);
        spawn_local(async move {
            let path = format!("/api/v1/grants/{id}/kubeconfig");
            match call::<_, Made>(Method::Post, &path, &Nothing {}).await {
                Ok(made) => shown.set(Some((id, made.kubeconfig))),
                Err(failure) => desk.failure.set(Some(failure)),
            }
            desk.stage.set(Stage::Idle);
        });
    };
    view! {
        <Section id="token" title=t.say(grants::USE)>
            <p>{t.say(grants::USE_HINT)}</p>
            <p class="button-row">
                <button type="button" class="button button-primary" on:click=make>
                    {t.say(grants::MAKE_TOKEN)}
                </button>
            </p>
            {move || shown.get().filter(|(of, _)| *of == id).map(|(_, made)| once(made))}
        </Section>
    }
    .into_any()
}

fn once(kubeconfig: String) -> AnyView {
    let t = phrases();
    let href = as_download(&kubeconfig);
    view! {
        <Notice tone=Tone::Caution title=t.say(grants::SHOWN_ONCE)>
            <p>{t.say(grants::SHOWN_ONCE_MORE)}</p>
            <p class="button-row">
                <a class="button" href=href download="sekisho-kubeconfig.json" rel="external">
                    {t.say(grants::DOWNLOAD)}
                </a>
            </p>
        </Notice>
        <pre class="lines" id="kubeconfig">
            {kubeconfig}
        </pre>
    }
    .into_any()
}
