//! What the person says of their session: the form, and what it became.

use domain::{
    break_glass::{ACCOUNT_MAX, Account, ReviewView},
    ids::GrantId,
    names::Login,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::Serialize;

use crate::{
    browser::{Method, send},
    components::{Ago, Fact, Notice, Now, Section, Tone, Written, moment_ahead},
    messages::{break_glass, phrases},
    signing::Desk,
};

/// What a person has written so far.
#[derive(Clone, Copy)]
pub(super) struct Telling {
    found: RwSignal<String>,
    done: RwSignal<String>,
    follow_ups: RwSignal<String>,
    busy: RwSignal<bool>,
}

#[derive(Serialize)]
struct Filed {
    found: String,
    done: String,
    follow_ups: Option<String>,
}

impl Telling {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            found: RwSignal::default(),
            done: RwSignal::default(),
            follow_ups: RwSignal::default(),
            busy: RwSignal::default(),
        }
    }

    fn file(self, id: GrantId, desk: Desk) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let follow_ups = self.follow_ups.get_untracked();
        let filed = Filed {
            found: self.found.get_untracked(),
            done: self.done.get_untracked(),
            follow_ups: Some(follow_ups).filter(|it| !it.trim().is_empty()),
        };
        spawn_local(async move {
            let path = format!("/api/v1/break-glass/{id}/account");
            desk.failure.set(send(Method::Post, &path, &filed).await.err());
            self.busy.set(false);
            desk.changed.ring();
        });
    }
}

/// The form of an account that is owed.
pub(super) fn account(review: &ReviewView, telling: Telling, desk: Desk) -> AnyView {
    let t = phrases();
    let (id, due) = (review.id, due(review));
    let Telling { found, done, follow_ups, busy } = telling;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        telling.file(id, desk);
    };
    let says = move || t.say(if busy.get() { break_glass::FILING } else { break_glass::FILE });
    view! {
        <Section id="account" title=t.say(break_glass::ACCOUNT)>
            {due}
            <form class="form form-boxed" on:submit=submit>
                <p>{t.say(break_glass::ACCOUNT_HINT)}</p>
                <Written
                    id="found"
                    label=t.say(break_glass::FOUND)
                    hint=t.say(break_glass::FOUND_HINT)
                    most=ACCOUNT_MAX
                    text=found
                />
                <Written
                    id="done"
                    label=t.say(break_glass::DONE)
                    hint=t.say(break_glass::DONE_HINT)
                    most=ACCOUNT_MAX
                    text=done
                />
                <Written
                    id="follow-ups"
                    label=t.say(break_glass::FOLLOW_UPS)
                    hint=t.say(break_glass::FOLLOW_UPS_HINT)
                    most=ACCOUNT_MAX
                    text=follow_ups
                    may_be_empty=true
                />
                <button
                    type="submit"
                    class="button button-primary"
                    aria-disabled=move || busy.get().to_string()
                >
                    {says}
                </button>
            </form>
        </Section>
    }
    .into_any()
}

/// Until when it is owed.
fn due(review: &ReviewView) -> Option<AnyView> {
    let (t, now) = (phrases(), Now::get());
    if review.is_account_overdue {
        return Some(
            view! { <Notice tone=Tone::Danger title=t.say(break_glass::ACCOUNT_OVERDUE) /> }
                .into_any(),
        );
    }
    let at = review.due_at?;
    let when = move || {
        let when = moment_ahead(t, now.get(), at);
        t.fill(break_glass::ACCOUNT_DUE, &[("when", &when)])
    };
    Some(view! { <p>{when}</p> }.into_any())
}

/// What somebody said of their session.
pub(crate) fn told(person: &Login, account: Account) -> AnyView {
    let t = phrases();
    let title = t.fill(break_glass::ACCOUNT_OF, &[("person", person)]);
    let follow_ups = account.follow_ups.map(|follow_ups| {
        view! { <Fact term=t.say(break_glass::FOLLOW_UPS)>{follow_ups}</Fact> }
    });
    view! {
        <Section id="account" title=title>
            <dl class="facts">
                <Fact term=t.say(break_glass::FOUND)>{account.found}</Fact>
                <Fact term=t.say(break_glass::DONE)>{account.done}</Fact>
                {follow_ups}
                <Fact term=t.say(break_glass::FILED)>
                    <Ago at=account.at />
                </Fact>
            </dl>
        </Section>
    }
    .into_any()
}
