//! One's own sessions: seeing and ending them.

use domain::{identity::Session, ids::SessionId};
use leptos::{prelude::*, task::spawn_local};

use super::{
    account::Tried,
    passkeys::{Ending, end_sessions},
};
use crate::{
    components::{Ago, Column, Row, RowButton, Table, row},
    messages::{account, phrases},
};

const COLUMNS: &[Column] = &[
    Column::text(account::BROWSER).wide(),
    Column::text(account::BEGAN),
    Column::text(account::SEEN),
    Column::buttons(account::END).untitled(),
];

/// One's own sessions.
#[component]
pub(super) fn Sessions(items: Vec<Session>, current: SessionId, tried: Tried) -> impl IntoView {
    let t = phrases();
    let others = items.iter().any(|session| session.id != current);
    let rows = items.into_iter().map(|session| row(session, current, tried)).collect();
    view! {
        <Table caption=account::SESSIONS_CAPTION columns=COLUMNS rows=rows />
        {others
            .then(|| {
                view! {
                    <p>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| end(Ending::AllOthers, tried)
                        >
                            {t.say(account::END_OTHERS)}
                        </button>
                    </p>
                }
            })}
    }
}

fn end(ending: Ending, tried: Tried) {
    spawn_local(async move { tried.end(end_sessions(ending).await) });
}

fn row(session: Session, current: SessionId, tried: Tried) -> Row {
    let t = phrases();
    let Session { id, agent, .. } = session;
    let agent = if agent.is_empty() { t.say(account::UNNAMED_BROWSER).to_owned() } else { agent };
    let action = if id == current {
        view! { <span class="tag">{t.say(account::THIS_ONE)}</span> }.into_any()
    } else {
        let name = t.fill(account::END_OF, &[("agent", &agent)]);
        let press = Box::new(move || end(Ending::One(id), tried));
        view! { <RowButton label=account::END name=name press=press /> }.into_any()
    };
    row![
        agent,
        view! { <Ago at=session.created_at /> },
        view! { <Ago at=session.seen_at /> },
        action,
    ]
}
