//! One's own access: what is held until when, what waits, what was.

use domain::page::Page;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

use super::{
    PATH,
    list::GrantTable,
    read::{GrantRow, read_access},
};
use crate::{
    components::{Empty, PageHeading, Pager, Trouble, loaded},
    live::Live,
    messages::{grants, phrases, tokens as token_words},
    reading::Reading,
    signing::Desk,
    tokens,
};

/// One's own access.
#[component]
pub(crate) fn AccessPage() -> AnyView {
    let t = phrases();
    let (revision, desk) = (Live::follow_home(), Desk::new());
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get_str("cursor").map(str::to_owned)));
    let wanted = move || (revision.get(), desk.changed.rung(), cursor.get().unwrap_or_default());
    let read = Reading::new(wanted, |(.., cursor)| read_access(cursor));
    view! {
        <PageHeading title=t.say(grants::TITLE) intro=t.say(grants::INTRO) />
        <p>
            <A href=tokens::PATH>{t.say(token_words::LINK)}</A>
        </p>
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
        {loaded(read, move |page| show(page, cursor.get_untracked().is_some(), desk))}
    }
    .into_any()
}

fn show(page: Page<GrantRow>, is_further: bool, desk: Desk) -> AnyView {
    let t = phrases();
    if page.items.is_empty() {
        return view! { <Empty title=t.say(grants::EMPTY) hint=t.say(grants::EMPTY_MORE) /> }
            .into_any();
    }
    let first = is_further.then(|| PATH.to_owned());
    let next = page.next.map(|next| format!("{PATH}?cursor={next}"));
    view! {
        <GrantTable caption=grants::CAPTION items=page.items desk=desk />
        <Pager first=first next=next />
    }
    .into_any()
}
