//! What the page of tokens reads.

use domain::{page::Page, tokens::TokenView};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// The tokens that this person may know of, the newest first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_tokens(cursor: String) -> Result<Page<TokenView>, Failure> {
    use domain::page::PageRequest;
    let Caller { console, actor } = Caller::current()?;
    let cursor = (!cursor.is_empty()).then_some(cursor);
    answer(console.tokens(&actor, &PageRequest { cursor, limit: None }).await)
}
