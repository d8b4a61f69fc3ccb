//! One's own account.

use leptos::prelude::*;

use super::{
    passkey_list::Passkeys,
    read::{AccountNow, read_account},
    session_list::Sessions,
    sign_out::SignOutButton,
};
use crate::{
    Failure,
    components::{Bell, Fact, PageHeading, Section, Trouble, loaded},
    live::Live,
    messages::{account, phrases},
    reading::Reading,
    surroundings::Switches,
};

/// What went wrong with the last thing that was tried here, and a bell to read the page anew.
#[derive(Clone, Copy)]
pub(super) struct Tried {
    pub(super) failure: RwSignal<Option<Failure>>,
    changed: Bell,
}

impl Tried {
    /// Takes note of how something ended.
    pub(super) fn end(self, ended: Result<(), Failure>) {
        self.failure.set(ended.err());
        self.changed.ring();
    }
}

/// One's own passkeys and sessions.
#[component]
pub(crate) fn AccountPage() -> AnyView {
    let t = phrases();
    let revision = Live::follow_home();
    let tried = Tried { failure: RwSignal::new(None), changed: Bell::new() };
    let label = RwSignal::new(String::new());
    let read = Reading::new(move || (tried.changed.rung(), revision.get()), |_| read_account());
    view! {
        <PageHeading title=t.say(account::TITLE)>
            <SignOutButton />
        </PageHeading>
        <div aria-live="assertive">
            <Trouble failure=tried.failure />
        </div>
        {loaded(read, move |now| show(now, tried, label))}
        <Section id="appearance" title=t.say(account::APPEARANCE)>
            <Switches />
        </Section>
    }
    .into_any()
}

fn show(now: AccountNow, tried: Tried, label: RwSignal<String>) -> AnyView {
    let t = phrases();
    let AccountNow { me, passkeys, sessions } = now;
    let teams = me.teams.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let teams = if teams.is_empty() { t.say(account::NO_TEAMS).to_owned() } else { teams };
    view! {
        <dl class="facts">
            <Fact term=me.login.to_string()>{me.name}</Fact>
            <Fact term=t.say(account::TEAMS)>{teams}</Fact>
        </dl>
        <Section id="passkeys" title=t.say(account::PASSKEYS)>
            <Passkeys person=me.login items=passkeys tried=tried label=label />
        </Section>
        <Section id="sessions" title=t.say(account::SESSIONS)>
            <Sessions items=sessions current=me.session.id tried=tried />
        </Section>
    }
    .into_any()
}
