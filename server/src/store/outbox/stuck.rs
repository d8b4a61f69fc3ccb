//! Reading what is not delivered: what is stuck, newest first, and how much there is.

use domain::{
    notifications::{Backlog, StuckDelivery},
    page::{Page, PageRequest},
    store::StoreError,
};

use super::events::readable;
use crate::store::{
    connection::Reading,
    cursor::{Cursor, page},
    row::Row,
    statement::{Argument, statements},
};

statements! {
    STUCK[3] = "SELECT id, destination, record, attempts, stuck_at, due_at, failure FROM deliveries \
        WHERE (stuck_at, id) < ($1, $2) ORDER BY stuck_at DESC, id DESC LIMIT $3";
    /// Whatever has a moment, found along the index of moments.
    COUNT_WAITING[0] = "SELECT COUNT(*) AS many FROM deliveries WHERE due_at >= 0";
    COUNT_STUCK[0] = "SELECT COUNT(*) AS many FROM deliveries WHERE stuck_at >= 0";
    COUNT_GIVEN_UP[0] = "SELECT COUNT(*) AS many FROM deliveries WHERE stuck_at >= 0 AND due_at IS NULL";
}

/// The place of a delivery in the list.
struct Place {
    stuck_at: i64,
    id: String,
}

impl Cursor for Place {
    const VERSION: &'static str = "stuck-1";

    fn fields(&self) -> [String; 2] {
        [self.stuck_at.to_string(), self.id.clone()]
    }

    fn from_fields([stuck_at, id]: [&str; 2]) -> Option<Self> {
        Some(Self { stuck_at: stuck_at.parse().ok()?, id: id.to_owned() })
    }
}

/// One page of what is stuck.
pub(super) async fn stuck(
    reading: &mut Reading,
    wanted: &PageRequest,
) -> Result<Page<StuckDelivery>, StoreError> {
    let newest = Place { stuck_at: i64::MAX, id: String::new() };
    let before = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let limit = wanted.limit();
    let arguments = [
        Argument::Integer(Some(before.stuck_at)),
        Argument::Text(Some(before.id)),
        Argument::count(limit + 1),
    ];
    let rows = STUCK.fetch(reading, arguments).await?;
    let stuck = rows.iter().filter_map(|row| delivery(row).transpose());
    let stuck = stuck.collect::<Result<Vec<_>, _>>()?;
    Ok(page(stuck, limit, |last| Place {
        stuck_at: last.stuck_at.as_micros(),
        id: last.id.to_string(),
    }))
}

/// How much is not delivered.
pub(super) async fn backlog(reading: &mut Reading) -> Result<Backlog, StoreError> {
    let waiting = COUNT_WAITING.first(reading, []).await?;
    let stuck = COUNT_STUCK.first(reading, []).await?;
    let given_up = COUNT_GIVEN_UP.first(reading, []).await?;
    let count = |row: Option<Row>| row.map_or(Ok(0), |row| row.count("many"));
    Ok(Backlog {
        waiting: count(waiting)?.into(),
        stuck: count(stuck)?.into(),
        given_up: count(given_up)?.into(),
    })
}

fn delivery(row: &Row) -> Result<Option<StuckDelivery>, StoreError> {
    let Some(event) = readable(row, "a delivery") else { return Ok(None) };
    Ok(Some(StuckDelivery {
        id: row.parsed("id")?,
        destination: row.parsed("destination")?,
        event: event.kind,
        about: event.about,
        tenant: event.tenant,
        at: event.at,
        attempts: row.count("attempts")?,
        stuck_at: row.time("stuck_at")?,
        next_attempt: row.optional_time("due_at")?,
        failure: row.optional_json("failure")?,
    }))
}
