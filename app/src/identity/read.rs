//! What the pages about people read.

use domain::{
    identity::{Me, PasskeyRow, PersonRow, Session},
    recovery::RecoveryView,
    time::Timestamp,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{Failure, actions::ActionName, wire::Json};
#[cfg(feature = "ssr")]
use crate::{
    actions::words::Speech,
    rendering::{Caller, answer, reader},
};

/// The signed-in person, as every page needs to know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Viewer {
    /// Who they are.
    pub(crate) me: Me,
    /// What the emergency actions are called in the reader's language.
    pub(crate) actions: Vec<ActionName>,
    /// The server's clock; ages are counted from it, not from the clock of the browser.
    pub(crate) now: Timestamp,
}

/// One's own passkeys and sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AccountNow {
    /// Who they are.
    pub(super) me: Me,
    /// Their passkeys, the oldest first.
    pub(super) passkeys: Vec<PasskeyRow>,
    /// Their sessions, the newest first.
    pub(super) sessions: Vec<Session>,
}

/// The people of the console, and those of them who are being recovered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PeopleNow {
    /// Everyone, by login.
    pub(super) people: Vec<PersonRow>,
    /// Recoveries that may still let somebody in.
    pub(super) recoveries: Vec<RecoveryView>,
}

/// Who is signed in.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(crate) async fn read_viewer() -> Result<Viewer, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let me = answer(console.me(&actor).await)?;
    Ok(Viewer { me, actions: Speech::names(reader()), now: console.now() })
}

/// One's own passkeys and sessions.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_account() -> Result<AccountNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(AccountNow {
        me: answer(console.me(&actor).await)?,
        passkeys: answer(console.own_passkeys(&actor).await)?,
        sessions: answer(console.own_sessions(&actor).await)?,
    })
}

/// The people of the console, for those who manage them.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_people() -> Result<PeopleNow, Failure> {
    use domain::{page::PageRequest, recovery::RecoveryStateName};
    let Caller { console, actor } = Caller::current()?;
    let people = answer(console.people(&actor).await)?;
    let (states, first) = (RecoveryStateName::UNDER_WAY.to_vec(), PageRequest::default());
    let recoveries = answer(console.recoveries(&actor, states, &first).await)?.items;
    Ok(PeopleNow { people, recoveries })
}
