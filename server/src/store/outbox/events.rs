//! Events that nobody routed yet. They come in with the entry that tells of the same, in its transaction.

use domain::{notifications::Event, store::StoreError};
use serde::Serialize;

use crate::store::{
    connection::{Reading, Recording, Writing},
    row::Row,
    statement::{Argument, statements},
};

statements! {
    TELL[2] = "INSERT INTO events (entry, record) VALUES ($1, $2)";
    UNROUTED[1] = "SELECT entry, record FROM events WHERE entry >= 0 ORDER BY entry LIMIT $1";
    /// Whoever deletes it routes it.
    TAKE[1] = "DELETE FROM events WHERE entry = $1";
}

impl Recording {
    /// Has what was just written down told, where it is worth telling; once the transaction is committed.
    pub(in crate::store) async fn tell(&mut self, event: Option<Event>) -> Result<(), StoreError> {
        if let Some(event) = event {
            TELL.execute(self, [place(event.entry), json(&event)?]).await?;
        }
        Ok(())
    }
}

/// The oldest events, in order.
pub(super) async fn unrouted(
    reading: &mut Reading,
    limit: usize,
) -> Result<Vec<Event>, StoreError> {
    let rows = UNROUTED.fetch(reading, [Argument::count(limit)]).await?;
    Ok(rows.iter().filter_map(|row| readable(row, "an event")).collect())
}

/// Whether it was still there to be taken.
pub(super) async fn take(writing: &mut Writing, event: &Event) -> Result<bool, StoreError> {
    Ok(TAKE.execute(writing, [place(event.entry)]).await? == 1)
}

/// A place in the log.
pub(super) fn place(entry: u64) -> Argument {
    Argument::Integer(i64::try_from(entry).ok())
}

pub(super) fn json(value: &impl Serialize) -> Result<Argument, StoreError> {
    let text = serde_json::to_string(value);
    text.map(|text| Argument::Text(Some(text)))
        .map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The event of a row. A newer console may have written what this one does not know: that is left to it, and said.
pub(super) fn readable(row: &Row, what: &str) -> Option<Event> {
    let event = row.json("record");
    event.inspect_err(|error| tracing::error!(%error, "{what} of the outbox cannot be read")).ok()
}
