//! What happens once an emergency is declared, said before it is.

use std::time::Duration;

use domain::break_glass::SessionOffer;
use leptos::prelude::*;

use crate::{
    components::{Fact, Notice, Tone, span},
    grants::listed,
    messages::{break_glass, phrases},
};

/// Who is asked, when it may be opened alone, and what is owed afterwards.
pub(super) fn next(offer: &SessionOffer) -> AnyView {
    let t = phrases();
    let asked = match listed(&offer.approvers) {
        nobody if nobody.is_empty() => t.say(break_glass::NOBODY_ASKED).to_owned(),
        approvers => approvers,
    };
    let alone = match (offer.alone_closed, offer.patience_seconds) {
        (Some(_), _) => t.say(break_glass::CLOSED).to_owned(),
        (None, 0) => t.say(break_glass::AT_ONCE).to_owned(),
        (None, seconds) => {
            let patience = span(t, Duration::from_secs(seconds));
            t.fill(break_glass::AFTER_PATIENCE, &[("span", &patience)])
        }
    };
    let closed = offer.alone_closed.map(|why| {
        view! {
            <Notice tone=Tone::Caution title=t.say(break_glass::CLOSED)>
                <p>{t.say(break_glass::closed(why))}</p>
                <p>{t.say(break_glass::CLOSED_MORE)}</p>
            </Notice>
        }
    });
    let unheard = (!offer.is_anybody_told).then(|| {
        view! {
            <Notice tone=Tone::Caution title=t.say(break_glass::NOBODY_TOLD)>
                <p>{t.say(break_glass::NOBODY_TOLD_MORE)}</p>
            </Notice>
        }
    });
    view! {
        <div class="field">
            <p class="field-label">{t.say(break_glass::NEXT)}</p>
            <dl class="facts">
                <Fact term=t.say(break_glass::IS_ASKED)>{asked}</Fact>
                <Fact term=t.say(break_glass::ALONE_TERM)>{alone}</Fact>
                <Fact term=t.say(break_glass::ALWAYS)>{t.say(break_glass::ALWAYS_MORE)}</Fact>
            </dl>
        </div>
        {closed}
        {unheard}
    }
    .into_any()
}
