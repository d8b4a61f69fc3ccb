//! What one press makes and the page shows once, such as a link or a kubeconfig.

use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;

use super::desk::{Desk, Nothing, Stage};
use crate::{
    browser::{Method, call},
    components::Section,
    messages::{Message, phrases},
};

/// What was made on this page, and where the console made it; gone with the page.
pub(crate) type MadeOnce = RwSignal<Option<(String, String)>>;

/// How it is made, and how the page offers and shows it.
pub(crate) struct Making {
    /// Where the console makes it.
    pub(crate) address: String,
    /// The section's anchor.
    pub(crate) id: &'static str,
    /// The section's title.
    pub(crate) title: Message,
    /// What it is good for.
    pub(crate) hint: Message,
    /// What the button says.
    pub(crate) button: Message,
    /// Shows what was made.
    pub(crate) show: fn(String) -> AnyView,
}

#[derive(Deserialize)]
struct Made {
    #[serde(alias = "kubeconfig", alias = "link")]
    text: String,
}

impl Making {
    /// The button that makes it, and what it made.
    pub(crate) fn section(self, made: MadeOnce, desk: Desk) -> AnyView {
        let t = phrases();
        let Self { address, id, title, hint, button, show } = self;
        let here = address.clone();
        let shown = move || {
            let made = made.get().filter(|(address, _)| *address == here);
            made.map(|(_, text)| show(text))
        };
        view! {
            <Section id=id title=t.say(title)>
                <p>{t.say(hint)}</p>
                <p class="button-row">
                    <button
                        type="button"
                        class="button button-primary"
                        on:click=move |_| desk.make(address.clone(), made)
                    >
                        {t.say(button)}
                    </button>
                </p>
                {shown}
            </Section>
        }
        .into_any()
    }
}

impl Desk {
    fn make(self, address: String, made: MadeOnce) {
        // A second press would make a second one.
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        self.stage.set(Stage::Sending);
        self.failure.set(None);
        spawn_local(async move {
            match call::<_, Made>(Method::Post, &address, &Nothing {}).await {
                Ok(Made { text }) => {
                    made.set(Some((address, text)));
                    self.changed.ring();
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
            self.stage.set(Stage::Idle);
        });
    }
}
