//! What the palette reads.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::find::find;
#[cfg(feature = "ssr")]
use crate::rendering::Caller;
use crate::{Failure, wire::Json};

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Found {
    /// What it is: a page, a tenant, a kind of object, an action.
    pub(super) kind: String,
    /// What it is called.
    pub(super) label: String,
    /// Where it is.
    pub(super) place: String,
    /// Its address.
    pub(super) href: String,
}

/// What this person may see that matches every word, nearest first; `at` is where they are.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn find_places(words: String, at: String) -> Result<Vec<Found>, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(find(&console, &actor, &words, &at).await)
}
