//! The people of the console: letting them in, locking them out.

use domain::{identity::PersonRow, names::Login};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::read::read_people;
use crate::{
    Failure,
    browser::{Method, call, send},
    components::{Badge, Bell, Copyable, Notice, PageHeading, ProblemNotice, Tone, loaded},
    live::Live,
    messages::{Message, people, phrases},
};

/// A call that says nothing more.
#[derive(Serialize)]
struct Nothing {}

/// A fresh link, shown once.
#[derive(Clone, Debug, Deserialize)]
struct Invited {
    link: String,
}

/// What was tried on this page, and how it ended.
#[derive(Clone, Copy)]
struct Desk {
    failure: RwSignal<Option<Failure>>,
    link: RwSignal<Option<(Login, String)>>,
    changed: Bell,
}

/// What is done about a person.
#[derive(Clone, Copy)]
enum Change {
    Lock,
    Unlock,
}

impl Desk {
    fn invite(self, login: Login) {
        spawn_local(async move {
            let path = format!("/api/v1/people/{login}/invitation");
            let invited = call::<_, Invited>(Method::Post, &path, &Nothing {}).await;
            self.failure.set(invited.as_ref().err().cloned());
            self.link.set(invited.ok().map(|invited| (login, invited.link)));
        });
    }

    fn change(self, login: Login, change: Change) {
        let verb = match change {
            Change::Lock => "lock",
            Change::Unlock => "unlock",
        };
        spawn_local(async move {
            let path = format!("/api/v1/people/{login}/{verb}");
            self.failure.set(send(Method::Post, &path, &Nothing {}).await.err());
            self.changed.ring();
        });
    }
}

/// The people of the console.
#[component]
pub(crate) fn PeoplePage() -> AnyView {
    let t = phrases();
    Live::follow_home();
    let desk =
        Desk { failure: RwSignal::new(None), link: RwSignal::new(None), changed: Bell::new() };
    let read = Resource::new(move || desk.changed.rung(), |_| read_people());
    view! {
        <PageHeading title=t.say(people::TITLE) intro=t.say(people::INTRO) />
        <div aria-live="assertive">
            {move || desk.failure.get().map(|failure| view! { <ProblemNotice failure=failure /> })}
            {move || desk.link.get().map(fresh_link)}
        </div>
        {loaded(read, move |items| show(items, desk))}
        <p class="field-hint page-note">{t.say(people::LOCK_HINT)}</p>
    }
    .into_any()
}

fn fresh_link((login, link): (Login, String)) -> impl IntoView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Good title=t.fill(people::LINK_READY, &[("login", &login)])>
            <Copyable text=link what=t.say(people::LINK) />
            <p>{t.say(people::LINK_MORE)}</p>
        </Notice>
    }
}

fn show(items: Vec<PersonRow>, desk: Desk) -> AnyView {
    let t = phrases();
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(people::CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(people::LOGIN)}</th>
                        <th scope="col">{t.say(people::STATE)}</th>
                        <th scope="col">{t.say(people::PASSKEYS)}</th>
                        <th scope="col">{t.say(people::TEAMS)}</th>
                        <th scope="col" class="cell-actions">{t.say(people::ACTIONS)}</th>
                    </tr>
                </thead>
                <tbody>
                    {items.into_iter().map(|person| row(person, desk)).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(person: PersonRow, desk: Desk) -> impl IntoView {
    let t = phrases();
    let (tone, state) = state(&person);
    let teams = person.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let buttons = buttons(&person, desk);
    view! {
        <tr>
            <th scope="row">
                {person.login.to_string()}
                {person.name.map(|name| view! { <span class="cell-more">{name}</span> })}
            </th>
            <td>
                <Badge tone=tone label=t.say(state) />
            </td>
            <td>{t.count(people::PASSKEY_COUNT, person.passkeys)}</td>
            <td data-label=t.say(people::TEAMS)>{teams}</td>
            <td class="cell-actions">{buttons}</td>
        </tr>
    }
}

fn state(person: &PersonRow) -> (Tone, Message) {
    match person {
        PersonRow { locked_at: Some(_), .. } => (Tone::Danger, people::LOCKED),
        PersonRow { name: None, .. } => (Tone::Neutral, people::DEPARTED),
        PersonRow { passkeys: 0, .. } => (Tone::Neutral, people::NOT_ENROLLED),
        PersonRow { .. } => (Tone::Good, people::ENROLLED),
    }
}

fn buttons(person: &PersonRow, desk: Desk) -> impl IntoView + use<> {
    let t = phrases();
    let button = |what: Message, of: Message, press: Box<dyn Fn(Login)>| {
        let login = person.login.clone();
        let label = t.fill(of, &[("login", &login)]);
        view! {
            <button
                type="button"
                class="button button-small"
                aria-label=label
                on:click=move |_| press(login.clone())
            >
                {t.say(what)}
            </button>
        }
    };
    let lock = match person.locked_at {
        None => button(
            people::LOCK,
            people::LOCK_OF,
            Box::new(move |login| desk.change(login, Change::Lock)),
        ),
        Some(_) => button(
            people::UNLOCK,
            people::UNLOCK_OF,
            Box::new(move |login| desk.change(login, Change::Unlock)),
        ),
    };
    let invite = person.name.is_some() && person.locked_at.is_none();
    let invite = invite.then(|| {
        button(people::INVITE, people::INVITE_FOR, Box::new(move |login| desk.invite(login)))
    });
    view! {
        {invite}
        {lock}
    }
}
