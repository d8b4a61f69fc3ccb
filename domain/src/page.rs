//! Lists in pages: a bounded number of items and a cursor to the next.

use serde::{Deserialize, Serialize};

/// How many items a page holds when nobody says.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many items a page holds at most.
pub const MAX_LIMIT: u32 = 200;

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Where the page begins: a `next` from an earlier answer; absent for the first page.
    pub cursor: Option<String>,
    /// Items wanted, 1 to [`MAX_LIMIT`]; [`DEFAULT_LIMIT`] when absent.
    pub limit: Option<u32>,
}

impl PageRequest {
    /// Items to answer with, within bounds.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) as usize
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Cursor of the next page; absent on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page with each item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next }
    }
}

/// Every item of a list, however many pages they fill, read one after the other.
pub(crate) async fn all<T, E, F>(read: impl Fn(PageRequest) -> F) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<Page<T>, E>>,
{
    let mut items = Vec::new();
    let mut cursor = None;
    loop {
        let page = read(PageRequest { cursor, limit: Some(MAX_LIMIT) }).await?;
        items.extend(page.items);
        if page.next.is_none() {
            return Ok(items);
        }
        cursor = page.next;
    }
}
