//! The link by which the person comes in again: made by the admin who signed, shown once.

use domain::ids::RecoveryId;
use leptos::prelude::*;

use super::api;
use crate::{
    components::{Copyable, Notice, Tone},
    messages::{people, phrases, recovery},
    signing::{Desk, MadeOnce, Making},
};

/// The button that makes the link, and what it made.
pub(super) fn link(id: RecoveryId, made: MadeOnce, desk: Desk) -> AnyView {
    let making = Making {
        address: format!("{}/link", api(id)),
        id: "link",
        title: recovery::LINK,
        hint: recovery::LINK_HINT,
        button: recovery::MAKE_LINK,
        show: once,
    };
    making.section(made, desk)
}

fn once(link: String) -> AnyView {
    let t = phrases();
    view! {
        <Notice tone=Tone::Caution title=t.say(recovery::LINK_READY)>
            <Copyable text=link what=t.say(people::LINK) />
            <p>{t.say(recovery::LINK_MORE)}</p>
        </Notice>
    }
    .into_any()
}
