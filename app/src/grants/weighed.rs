//! What is weighed before a role is agreed to: what it adds, who holds it already, and what became of it last time.

use domain::{
    Problem,
    grants::{Holder, LastTime, Weighed},
    ids::GrantId,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{added, page::listed, read::read_weighed, state::why};
use crate::{
    components::{Ago, Fact, ProblemNotice, Section, more, quietly, span},
    messages::{grants, phrases},
    reading::Reading,
};

/// What is weighed about a grant that waits, read once for as long as it does.
pub(crate) fn weighed(id: Memo<Option<GrantId>>, waits: Memo<bool>) -> AnyView {
    let read = Reading::new(
        move || id.get().filter(|_| waits.get()),
        |id| async move {
            let Some(id) = id else { return Ok(None) };
            read_weighed(id).await
        },
    );
    quietly(read, |read| match read {
        Ok(Some(Ok(weighed))) => show(weighed),
        Ok(Some(Err(problem))) => untold(problem),
        // The page itself says what is wrong.
        Ok(None) | Err(_) => ().into_any(),
    })
}

fn untold(problem: Problem) -> AnyView {
    view! {
        <Section id="adds" title=phrases().say(grants::WOULD_ADD)>
            <ProblemNotice failure=problem.into() />
        </Section>
    }
    .into_any()
}

fn show(weighed: Weighed) -> AnyView {
    let t = phrases();
    let adds = if weighed.added.is_empty() {
        view! { <p>{t.say(grants::ADDS_NOTHING)}</p> }.into_any()
    } else {
        added::rules(weighed.added)
    };
    let incomplete = weighed.incomplete.then(|| more(t.say(grants::INCOMPLETE)));
    view! {
        <Section id="adds" title=t.say(grants::WOULD_ADD)>
            {adds} {incomplete} <dl class="facts">{held_by(&weighed.holders)} {last(weighed.last)}</dl>
        </Section>
    }
    .into_any()
}

/// Who else holds it.
pub(super) fn held_by(holders: &[Holder]) -> AnyView {
    let t = phrases();
    let holders: Vec<_> = holders.iter().map(|holder| holder.login.clone()).collect();
    let holders = match listed(&holders) {
        none if none.is_empty() => t.say(grants::HELD_BY_NOBODY).to_owned(),
        holders => holders,
    };
    view! { <Fact term=t.say(grants::HELD_BY)>{holders}</Fact> }.into_any()
}

/// What became of it last time.
pub(super) fn last(last: Option<LastTime>) -> AnyView {
    let t = phrases();
    let Some(last) = last else {
        return view! { <Fact term=t.say(grants::LAST_TIME)>{t.say(grants::NEVER_BEFORE)}</Fact> }
            .into_any();
    };
    let href = format!("/grants/{}", last.grant);
    let how_long = span(t, last.ended_at.since(last.began_at));
    let used = t.fill(grants::LAST_USED, &[("span", &how_long), ("tokens", &last.tokens)]);
    let ended = t.say(why(last.reason));
    view! {
        <Fact term=t.say(grants::LAST_TIME)>
            <A href=href>
                <Ago at=last.began_at />
            </A>
            {more(used)}
            {more(ended)}
        </Fact>
    }
    .into_any()
}
