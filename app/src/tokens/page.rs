//! The page of tokens.

use domain::{
    page::Page,
    tokens::{TokenState, TokenView},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

use super::read::read_tokens;
use crate::{
    components::{
        Ago, Badge, Column, Crumb, Crumbs, Empty, PageHeading, Pager, Row, RowButton, Table, Tone,
        Trouble, When, loaded, row,
    },
    grants,
    live::Live,
    messages::{grants as grant_words, phrases, tokens},
    reading::Reading,
    signing::Desk,
    tenants::tenant_href,
};

/// Where tokens are.
pub(crate) const PATH: &str = "/tokens";

const COLUMNS: &[Column] = &[
    Column::text(grant_words::ROLE),
    Column::text(grant_words::STATE).unlabelled(),
    Column::text(grant_words::TENANT),
    Column::text(tokens::PERSON),
    Column::text(tokens::ISSUED),
    Column::text(tokens::EXPIRES),
    Column::buttons(tokens::REVOKE).untitled(),
];

/// The tokens that were issued.
#[component]
pub(crate) fn TokensPage() -> AnyView {
    let t = phrases();
    Live::follow_home();
    let desk = Desk::new();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get_str("cursor").map(str::to_owned)));
    let wanted = move || (desk.changed.rung(), cursor.get().unwrap_or_default());
    let read = Reading::new(wanted, |(_, cursor)| read_tokens(cursor));
    view! {
        <Crumbs way=vec![Crumb::new(t.say(grant_words::TITLE), grants::PATH)] />
        <PageHeading title=t.say(tokens::TITLE) intro=t.say(tokens::INTRO) />
        <div aria-live="assertive">
            <Trouble failure=desk.failure />
        </div>
        {loaded(read, move |page| show(page, cursor.get_untracked().is_some(), desk))}
    }
    .into_any()
}

fn show(page: Page<TokenView>, is_further: bool, desk: Desk) -> AnyView {
    let t = phrases();
    if page.items.is_empty() {
        return view! { <Empty title=t.say(tokens::EMPTY) hint=t.say(tokens::EMPTY_MORE) /> }
            .into_any();
    }
    let first = is_further.then(|| PATH.to_owned());
    let next = page.next.map(|next| format!("{PATH}?cursor={next}"));
    let rows = page.items.into_iter().map(|token| line(token, desk)).collect();
    view! {
        <Table caption=tokens::CAPTION columns=COLUMNS rows=rows />
        <Pager first=first next=next />
    }
    .into_any()
}

fn line(token: TokenView, desk: Desk) -> Row {
    let t = phrases();
    let (tone, label) = match token.state {
        TokenState::Alive => (Tone::Caution, tokens::ALIVE),
        TokenState::Ending => (Tone::Busy, tokens::ENDING),
        TokenState::Over => (Tone::Neutral, tokens::OVER),
    };
    let role = token.role.map_or_else(|| token.id.grant.to_string(), |role| role.to_string());
    let person = token.person.map(|login| login.to_string()).unwrap_or_default();
    let name = t.fill(tokens::REVOKE_OF, &[("role", &role), ("person", &person)]);
    let path = format!("/api/v1/tokens/{}/revocation", token.id);
    let revoke = token.may_revoke.then(|| {
        let press = Box::new(move || desk.order(path.clone()));
        view! { <RowButton label=tokens::REVOKE name=name press=press /> }
    });
    let href = format!("/grants/{}", token.id.grant);
    let tenant = token.tenant.map(|tenant| {
        view! { <A href=tenant_href(&tenant)>{tenant.to_string()}</A> }
    });
    row![
        view! { <A href=href>{role}</A> },
        view! { <Badge tone=tone label=t.say(label) /> },
        tenant,
        person,
        view! { <Ago at=token.issued_at /> },
        token.expires_at.map(|at| view! { <When at=at /> }),
        revoke,
    ]
}
