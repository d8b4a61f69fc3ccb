//! Asking that somebody is recovered: whom, and why.

use domain::{approvals::REASON_MAX, ids::RecoveryId, names::Login};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::recovery_href;
use crate::{
    Failure,
    browser::{Method, call, go},
    components::{Section, Written},
    messages::{phrases, recovery},
};

/// Whom somebody is about to ask for, and what they wrote. Lives outside of what is read anew.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    person: RwSignal<Option<Login>>,
    reason: RwSignal<String>,
    busy: RwSignal<bool>,
}

#[derive(Serialize)]
struct Wish {
    login: Login,
    reason: String,
}

#[derive(Deserialize)]
struct Asked {
    id: RecoveryId,
}

impl Asking {
    /// For nobody yet.
    pub(crate) fn new() -> Self {
        Self { person: RwSignal::default(), reason: RwSignal::default(), busy: RwSignal::default() }
    }

    /// Begins to ask for this person.
    pub(crate) fn begin(self, person: Login) {
        self.reason.set(String::new());
        self.person.set(Some(person));
    }

    fn send(self, login: Login, failure: RwSignal<Option<Failure>>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let wish = Wish { login, reason: self.reason.get_untracked() };
        spawn_local(async move {
            match call::<_, Asked>(Method::Post, "/api/v1/recoveries", &wish).await {
                Ok(asked) => go(&recovery_href(asked.id)),
                Err(problem) => {
                    failure.set(Some(problem));
                    self.busy.set(false);
                }
            }
        });
    }
}

/// The form, once it is known for whom.
pub(crate) fn ask(asking: Asking, failure: RwSignal<Option<Failure>>) -> AnyView {
    let form = move || asking.person.get().map(|person| form(person, asking, failure));
    view! { {form} }.into_any()
}

fn form(person: Login, asking: Asking, failure: RwSignal<Option<Failure>>) -> AnyView {
    let t = phrases();
    let title = t.fill(recovery::ASK_TITLE, &[("person", &person)]);
    let send = move || asking.send(person.clone(), failure);
    view! {
        <Section id="ask" title=title>
            <form
                class="form form-boxed"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <p>{t.say(recovery::ASK_HINT)}</p>
                <Written
                    id="why"
                    label=t.say(recovery::WHY)
                    hint=t.say(recovery::WHY_HINT)
                    most=REASON_MAX
                    text=asking.reason
                />
                <div class="button-row">
                    <button
                        type="submit"
                        class="button button-primary"
                        aria-disabled=move || asking.busy.get().to_string()
                    >
                        {t.say(recovery::ASK)}
                    </button>
                    <button type="button" class="button" on:click=move |_| asking.person.set(None)>
                        {t.say(recovery::NOT_NOW)}
                    </button>
                </div>
            </form>
        </Section>
    }
    .into_any()
}
