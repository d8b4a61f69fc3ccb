//! Using a role that is held: a kubeconfig, shown once.

use domain::ids::GrantId;
use leptos::prelude::*;

use crate::{
    browser::as_download,
    components::{CopyButton, Notice, Tone},
    messages::{grants, phrases},
    signing::{Desk, MadeOnce, Making},
};

/// The button that makes a kubeconfig, and what it made.
pub(crate) fn token(id: GrantId, made: MadeOnce, desk: Desk) -> AnyView {
    let making = Making {
        address: format!("/api/v1/grants/{id}/kubeconfig"),
        id: "token",
        title: grants::USE,
        hint: grants::USE_HINT,
        button: grants::MAKE_TOKEN,
        show: once,
    };
    making.section(made, desk)
}

fn once(kubeconfig: String) -> AnyView {
    let t = phrases();
    let (href, copied) = (as_download(&kubeconfig), kubeconfig.clone());
    view! {
        <Notice tone=Tone::Caution title=t.say(grants::SHOWN_ONCE)>
            <p>{t.say(grants::SHOWN_ONCE_MORE)}</p>
            <p class="button-row">
                <a class="button" href=href download="sekisho-kubeconfig.json" rel="external">
                    {t.say(grants::DOWNLOAD)}
                </a>
                <CopyButton text=copied what="kubeconfig" />
            </p>
        </Notice>
        <pre class="lines" id="kubeconfig">
            {kubeconfig}
        </pre>
    }
    .into_any()
}
