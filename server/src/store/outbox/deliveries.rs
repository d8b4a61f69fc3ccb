//! Deliveries that are to be made, and who makes them now.
//!
//! A hold is a moment in `due_at`: until then nobody else finds the delivery, and after it everybody does.

use domain::{
    names::DestinationName,
    notifications::{Claiming, Delivery, Event, NewDelivery},
    store::StoreError,
    time::Timestamp,
};

use super::events::{json, place, readable};
use crate::store::{
    connection::{Reading, Writing},
    row::Row,
    statement::{Argument, statements},
};

statements! {
    ADD[6] = "INSERT INTO deliveries (id, entry, request, destination, record, since, attempts, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $6)";
    /// Not the bare column: that would tempt SQLite to walk it.
    DUE[1] = "SELECT DISTINCT CAST(destination AS TEXT) AS destination FROM deliveries WHERE due_at <= $1";
    /// What happened to a request or session (the column `request` holds either) is told in order: only the first that is neither delivered nor given up is taken.
    /// The moment is asked about twice, since another may have taken a row between search and change.
    CLAIM[5] = "UPDATE deliveries SET due_at = $3, claim = $4, attempts = attempts + 1 \
        WHERE due_at <= $2 AND id IN (\
            SELECT due.id FROM deliveries AS due WHERE due.destination = $1 AND due.due_at <= $2 \
            AND NOT EXISTS (SELECT 1 FROM deliveries AS earlier WHERE earlier.destination = $1 \
                AND earlier.request = due.request AND earlier.entry < due.entry \
                AND earlier.due_at IS NOT NULL) \
            ORDER BY due.due_at LIMIT $5) \
        RETURNING id, record, since, attempts";
}

/// Puts a delivery in, due now.
pub(super) async fn add(
    writing: &mut Writing,
    event: &Event,
    delivery: &NewDelivery,
    now: Timestamp,
) -> Result<(), StoreError> {
    let arguments = [
        Argument::text(&delivery.id),
        place(event.entry),
        Argument::text(&event.about.id()),
        Argument::text(&delivery.destination),
        json(event)?,
        Argument::time(now),
    ];
    ADD.execute(writing, arguments).await?;
    Ok(())
}

/// For whom something is due.
pub(super) async fn due(
    reading: &mut Reading,
    now: Timestamp,
) -> Result<Vec<DestinationName>, StoreError> {
    let rows = DUE.fetch(reading, [Argument::time(now)]).await?;
    rows.iter().map(|row| row.parsed("destination")).collect()
}

/// Takes what is due into one pair of hands.
pub(super) async fn claim(
    writing: &mut Writing,
    wanted: &Claiming,
) -> Result<Vec<Delivery>, StoreError> {
    let arguments = [
        Argument::text(&wanted.destination),
        Argument::time(wanted.now),
        Argument::time(wanted.until),
        Argument::text(&wanted.claim),
        Argument::count(wanted.limit),
    ];
    let rows = CLAIM.fetch(writing, arguments).await?;
    let deliveries = rows.iter().filter_map(|row| delivery(row, wanted).transpose());
    let mut deliveries = deliveries.collect::<Result<Vec<_>, _>>()?;
    deliveries.sort_by_key(|delivery| delivery.event.entry);
    Ok(deliveries)
}

fn delivery(row: &Row, wanted: &Claiming) -> Result<Option<Delivery>, StoreError> {
    let Some(event) = readable(row, "a delivery") else { return Ok(None) };
    Ok(Some(Delivery {
        id: row.parsed("id")?,
        destination: wanted.destination.clone(),
        event,
        claim: wanted.claim,
        attempts: row.count("attempts")?,
        since: row.time("since")?,
    }))
}
