//! The people of the console: letting them in, locking them out.

use domain::{
    identity::{Me, PersonRow},
    names::Login,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::read::{PeopleNow, read_people};
use crate::{
    Failure,
    browser::{Method, call, send},
    components::{
        Badge, Bell, Column, Copyable, Notice, PageHeading, Row, RowButton, Table, Tone, Trouble,
        loaded, more, row,
    },
    live::Live,
    messages::{Message, people, phrases, recovery},
    reading::Reading,
    recovery::{Asking, RecoveryTable, ask},
};

const COLUMNS: &[Column] = &[
    Column::text(people::LOGIN),
    Column::text(people::STATE).unlabelled(),
    Column::text(people::PASSKEYS).unlabelled(),
    Column::text(people::TEAMS),
    Column::buttons(people::ACTIONS),
];

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
    asking: Asking,
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
    let desk = Desk {
        failure: RwSignal::new(None),
        link: RwSignal::new(None),
        changed: Bell::new(),
        asking: Asking::new(),
    };
    let read = Reading::new(move || desk.changed.rung(), |_| read_people());
    view! {
        <PageHeading title=t.say(people::TITLE) intro=t.say(people::INTRO) />
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
            {move || desk.link.get().map(fresh_link)}
        </div>
        {ask(desk.asking, desk.failure)}
        {loaded(read, move |now| show(now, desk))}
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

fn show(now: PeopleNow, desk: Desk) -> AnyView {
    let PeopleNow { people: items, recoveries } = now;
    let rows = items.into_iter().map(|person| row(person, desk)).collect();
    view! {
        <RecoveryTable title=recovery::UNDER_WAY items=recoveries />
        <Table caption=people::CAPTION columns=COLUMNS rows=rows />
    }
    .into_any()
}

fn row(person: PersonRow, desk: Desk) -> Row {
    let t = phrases();
    let (tone, state) = state(&person);
    let teams = person.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let buttons = buttons(&person, desk);
    let login = view! {
        {person.login.to_string()}
        {person.name.map(more)}
    };
    row![
        login,
        view! { <Badge tone=tone label=t.say(state) /> },
        t.count(people::PASSKEY_COUNT, person.passkeys),
        teams,
        buttons,
    ]
}

fn state(person: &PersonRow) -> (Tone, Message) {
    match person {
        PersonRow { locked_at: Some(_), .. } => (Tone::Danger, people::LOCKED),
        PersonRow { name: None, .. } => (Tone::Neutral, people::DEPARTED),
        PersonRow { passkeys: 0, .. } => (Tone::Neutral, people::NOT_ENROLLED),
        PersonRow { .. } => (Tone::Good, people::ENROLLED),
    }
}

fn buttons(person: &PersonRow, desk: Desk) -> AnyView {
    let t = phrases();
    let button = |label: Message, of: Message, press: Box<dyn Fn(Login)>| {
        let login = person.login.clone();
        let name = t.fill(of, &[("login", &login)]);
        let press = Box::new(move || press(login.clone()));
        view! { <RowButton label=label name=name press=press /> }
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
    let may_come = person.name.is_some() && person.locked_at.is_none();
    let is_other = person.login != expect_context::<Me>().login;
    // A link is for whoever never enrolled; whoever did and lost it all is recovered by two.
    let way_in = if person.passkeys == 0 {
        may_come.then(|| {
            button(people::INVITE, people::INVITE_FOR, Box::new(move |login| desk.invite(login)))
        })
    } else {
        (may_come && is_other).then(|| {
            let begin = move |login| desk.asking.begin(login);
            button(recovery::RECOVER, recovery::RECOVER_OF, Box::new(begin))
        })
    };
    view! {
        {way_in}
        {lock}
    }
    .into_any()
}
