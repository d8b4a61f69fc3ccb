//! What whoever is to be recovered, or was lately, sees on every page: it is theirs to stop.

use std::time::Duration;

use domain::ids::RecoveryId;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use super::{
    api,
    read::{OwnNow, read_own_recovery},
    recovery_href,
};
use crate::{
    Failure,
    components::{Ahead, Bell, Notice, RowButton, Tone, Trouble, quietly},
    messages::{phrases, recovery},
    reading::Reading,
    signing::Desk,
};

/// How often it is looked whether somebody wants to recover whoever looks.
const BETWEEN_LOOKS: Duration = Duration::from_secs(20);

/// That somebody wants to recover them, with the button that stops it; or that they were recovered lately.
#[component]
pub(crate) fn OwnRecovery() -> AnyView {
    let (desk, looks) = (Desk::new(), Bell::every(BETWEEN_LOOKS));
    let path = use_location().pathname;
    let wanted = move || (path.get(), looks.rung(), desk.changed.rung());
    let read = Reading::new(wanted, |_| read_own_recovery());
    view! {
        {quietly(read, move |read| show(read, path, desk))}
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
    }
    .into_any()
}

fn show(read: Result<Option<OwnNow>, Failure>, path: Memo<String>, desk: Desk) -> AnyView {
    let t = phrases();
    let OwnNow { under_way, until } = match read {
        Ok(Some(own)) => own,
        // The page itself shows the way in.
        Err(failure) if failure.is_signed_out() => return ().into_any(),
        Ok(None) | Err(_) => {
            return view! {
                <p class="field-hint" role="status">
                    {t.say(recovery::OWN_UNREAD)}
                </p>
            }
            .into_any();
        }
    };
    let lately = until.map(|until| {
        view! {
            <Notice tone=Tone::Caution title=t.say(recovery::LATELY)>
                <p>{t.say(recovery::LATELY_MORE)} " " <Ahead at=until /></p>
            </Notice>
        }
    });
    view! {
        {under_way.map(|id| stop(id, path, desk))}
        {lately}
    }
    .into_any()
}

fn stop(id: RecoveryId, path: Memo<String>, desk: Desk) -> AnyView {
    let t = phrases();
    // Its own page has the button, too.
    let elsewhere = move || path.with(|at| *at != recovery_href(id));
    let notice = move || {
        let order = move || desk.order(format!("{}/stop", api(id)));
        view! {
            <Notice tone=Tone::Danger title=t.say(recovery::OWN)>
                <p>{t.say(recovery::OWN_MORE)}</p>
                <p class="button-row">
                    <RowButton
                        label=recovery::STOP
                        name=t.say(recovery::STOP_OWN).to_owned()
                        press=Box::new(order)
                    />
                    <A href=recovery_href(id)>{t.say(recovery::SHOW)}</A>
                </p>
            </Notice>
        }
    };
    view! { {move || elsewhere().then(notice)} }.into_any()
}
