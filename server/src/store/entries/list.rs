//! Reading the log, newest first. What a reader sees is the leaf; the columns beside it only find it.

use domain::{
    audit::{Entry, EntryFilter},
    page::{Page, PageRequest},
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::Reading,
    cursor::{Cursor, page},
    row::Row,
    statement::{Argument, Statement, statements},
};

/// A statement whose first condition walks an index in the order of the list; the others only sift.
/// All of them take the same arguments.
macro_rules! entries {
    ($walk:literal) => {
        concat!(
            "SELECT sequence, leaf FROM entries WHERE ",
            $walk,
            " AND (occurred_at, sequence) < ($1, $2) AND occurred_at >= $3",
            " AND (CAST($4 AS TEXT) IS NULL OR request = $4)",
            " AND (CAST($5 AS TEXT) IS NULL OR actor = $5)",
            " AND (CAST($6 AS TEXT) IS NULL OR tenant = $6)",
            " AND (CAST($7 AS TEXT) IS NULL OR action = $7)",
            " AND (CAST($8 AS TEXT) IS NULL OR outcome = $8)",
            " AND (CAST($9 AS TEXT) IS NULL OR grant_id = $9)",
            " ORDER BY occurred_at DESC, sequence DESC LIMIT $10"
        )
    };
}

statements! {
    OF_REQUEST[10] = entries!("request = $4");
    OF_GRANT[10] = entries!("grant_id = $9");
    BY_ACTOR[10] = entries!("actor = $5");
    IN_TENANT[10] = entries!("tenant = $6");
    OF_ACTION[10] = entries!("action = $7");
    OF_OUTCOME[10] = entries!("outcome = $8");
    ALL[10] = entries!("occurred_at >= $3");
}

/// The place of an entry in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: i64,
    sequence: i64,
}

impl Cursor for Place {
    const VERSION: &'static str = "entries-1";

    fn fields(&self) -> [String; 2] {
        [self.at.to_string(), self.sequence.to_string()]
    }

    fn from_fields([at, sequence]: [&str; 2]) -> Option<Self> {
        Some(Self { at: at.parse().ok()?, sequence: sequence.parse().ok()? })
    }
}

/// One page of the log.
pub(super) async fn entries(
    reading: &mut Reading,
    filter: &EntryFilter,
    wanted: &PageRequest,
) -> Result<Page<Entry>, StoreError> {
    let before = before(filter, wanted)?;
    let limit = wanted.limit();
    let arguments = [
        Argument::Integer(Some(before.at)),
        Argument::Integer(Some(before.sequence)),
        Argument::Integer(Some(filter.from.map_or(i64::MIN, Timestamp::as_micros))),
        Argument::optional(filter.request.as_ref()),
        Argument::optional(filter.actor.as_ref()),
        Argument::optional(filter.tenant.as_ref()),
        Argument::optional(filter.action.as_ref()),
        Argument::optional(filter.outcome.as_ref()),
        Argument::optional(filter.grant.as_ref()),
        Argument::count(limit + 1),
    ];
    let rows = statement(filter).fetch(reading, arguments).await?;
    let entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    Ok(page(entries, limit, |last| Place {
        at: last.at.as_micros(),
        sequence: last.sequence.cast_signed(),
    }))
}

/// Where the page begins: below the cursor, and below the end of the time that is asked for.
fn before(filter: &EntryFilter, wanted: &PageRequest) -> Result<Place, StoreError> {
    let newest = Place { at: i64::MAX, sequence: i64::MAX };
    let cursor = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let to = filter.to.map_or(newest, |to| Place { at: to.as_micros(), sequence: 0 });
    Ok(cursor.min(to))
}

/// The statement that walks what is likely the shortest way.
fn statement(filter: &EntryFilter) -> Statement<10> {
    if filter.request.is_some() {
        OF_REQUEST
    } else if filter.grant.is_some() {
        OF_GRANT
    } else if filter.actor.is_some() {
        BY_ACTOR
    } else if filter.tenant.is_some() {
        IN_TENANT
    } else if filter.action.is_some() {
        OF_ACTION
    } else if filter.outcome.is_some() {
        OF_OUTCOME
    } else {
        ALL
    }
}

/// The entry as its leaf tells it; a leaf that is not canonical, or stands elsewhere, was not written here.
fn entry(row: &Row) -> Result<Entry, StoreError> {
    let leaf = row.bytes("leaf")?;
    let sequence = row.integer("sequence")?;
    let corrupt = |what: &str| StoreError::Corrupt(format!("entry {sequence}: {what}"));
    let entry: Entry =
        serde_json::from_slice(&leaf).map_err(|error| corrupt(&error.to_string()))?;
    if entry.sequence.cast_signed() != sequence {
        return Err(corrupt("its leaf is another entry's"));
    }
    match entry.leaf_bytes() {
        Ok(again) if again == leaf => Ok(entry),
        _ => Err(corrupt("its leaf is not canonical")),
    }
}
