//! The link by which the person comes in again: made by the admin who signed, shown once.

use domain::ids::RecoveryId;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::api;
use crate::{
    browser::{Method, call},
    components::{Copyable, Notice, Section, Tone},
    messages::{people, phrases, recovery},
    signing::{Desk, Stage},
};

/// What was made on this page, and for which recovery; gone with the page.
pub(super) type Shown = RwSignal<Option<(RecoveryId, String)>>;

#[derive(Serialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Made {
    link: String,
}

/// The button that makes the link, and what it made.
pub(super) fn link(id: RecoveryId, shown: Shown, desk: Desk) -> AnyView {
    let t = phrases();
    let make = move |_| {
        // A second press would void what the first one made.
        if desk.stage.get_untracked() != Stage::Idle {
            return;
        }
        desk.stage.set(Stage::Sending);
        desk.failure.set(None);
        spawn_local(async move {
            match call::<_, Made>(Method::Post, &format!("{}/link", api(id)), &Nothing {}).await {
                Ok(made) => {
                    shown.set(Some((id, made.link)));
                    desk.changed.ring();
                }
                Err(failure) => desk.failure.set(Some(failure)),
            }
            desk.stage.set(Stage::Idle);
        });
    };
    view! {
        <Section id="link" title=t.say(recovery::LINK)>
            <p>{t.say(recovery::LINK_HINT)}</p>
            <p class="button-row">
                <button type="button" class="button button-primary" on:click=make>
                    {t.say(recovery::MAKE_LINK)}
                </button>
            </p>
            {move || shown.get().filter(|(of, _)| *of == id).map(|(_, link)| once(link))}
        </Section>
    }
    .into_any()
}

fn once(link: String) -> AnyView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Caution title=t.say(recovery::LINK_READY)>
            <Copyable text=link what=t.say(people::LINK) />
            <p>{t.say(recovery::LINK_MORE)}</p>
        </Notice>
    }
    .into_any()
}
