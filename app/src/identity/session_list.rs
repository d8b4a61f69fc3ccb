//! One's own sessions: seeing and ending them.

use domain::{identity::Session, ids::SessionId};
use leptos::{prelude::*, task::spawn_local};

use super::{
    account::Tried,
    passkeys::{Ending, end_sessions},
};
use crate::{
    components::Ago,
    messages::{account, phrases},
};

/// One's own sessions.
#[component]
pub(super) fn Sessions(items: Vec<Session>, current: SessionId, tried: Tried) -> impl IntoView {
    let t = phrases();
    let others = items.iter().any(|session| session.id != current);
    let rows = items.into_iter().map(|session| row(session, current, tried)).collect_view();
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(account::SESSIONS_CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(account::BROWSER)}</th>
                        <th scope="col">{t.say(account::BEGAN)}</th>
                        <th scope="col">{t.say(account::SEEN)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t.say(account::END)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
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

fn row(session: Session, current: SessionId, tried: Tried) -> impl IntoView {
    let t = phrases();
    let Session { id, agent, .. } = session;
    let agent = if agent.is_empty() { t.say(account::UNNAMED_BROWSER).to_owned() } else { agent };
    let end_label = t.fill(account::END_OF, &[("agent", &agent)]);
    let action = if id == current {
        view! { <span class="tag">{t.say(account::THIS_ONE)}</span> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class="button button-small"
                aria-label=end_label
                on:click=move |_| end(Ending::One(id), tried)
            >
                {t.say(account::END)}
            </button>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" class="cell-wide">
                {agent}
            </th>
            <td data-label=t.say(account::BEGAN)>
                <Ago at=session.created_at />
            </td>
            <td data-label=t.say(account::SEEN)>
                <Ago at=session.seen_at />
            </td>
            <td class="cell-actions">{action}</td>
        </tr>
    }
}
