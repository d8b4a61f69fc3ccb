//! Reading recoveries, newest first.

use domain::{
    canonical::Digest,
    ids::RecoveryId,
    page::{Page, PageRequest},
    recovery::{Recovery, RecoveryFilter, RecoveryStateName},
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::Reading,
    cursor::{Cursor, readable},
    row::Row,
    statement::{Argument, Statement, statements},
};

/// A statement whose first condition walks an index; the others only sift. All take the same arguments.
macro_rules! recoveries {
    ($walk:literal) => {
        recoveries!($walk, "created_at")
    };
    ($walk:literal, $created_at:literal) => {
        concat!(
            "SELECT id, created_at, record FROM recoveries WHERE ",
            $walk,
            " AND (",
            $created_at,
            ", id) < ($1, $2)",
            " AND (CAST($3 AS TEXT) IS NULL OR person = $3)",
            // Not the bare column: that would tempt SQLite to walk it.
            " AND CAST(state AS TEXT) IN ($4, $5, $6, $7, $8, $9, $10)",
            " ORDER BY ",
            $created_at,
            " DESC, id DESC LIMIT $11"
        )
    };
}

statements! {
    ONE[1] = "SELECT id, record FROM recoveries WHERE id = $1";
    BY_LINK[2] = "SELECT id, record FROM recoveries WHERE link = $1 AND ends_at > $2";
    OF_PERSON[11] = recoveries!("person = $3");
    /// Few wait for anything: sorting them costs nothing.
    IN_STATES[11] = recoveries!("state IN ($4, $5, $6, $7, $8, $9, $10)", "created_at + 0");
    ALL[11] = recoveries!("created_at <= $1");
}

/// The place of a recovery in the list.
#[derive(Clone)]
struct Place {
    created_at: i64,
    id: String,
}

impl Cursor for Place {
    const VERSION: &'static str = "recoveries-1";

    fn fields(&self) -> [String; 2] {
        [self.created_at.to_string(), self.id.clone()]
    }

    fn from_fields([created_at, id]: [&str; 2]) -> Option<Self> {
        let id: RecoveryId = id.parse().ok()?;
        Some(Self { created_at: created_at.parse().ok()?, id: id.to_string() })
    }
}

/// One recovery.
pub(super) async fn recovery(
    reading: &mut Reading,
    id: RecoveryId,
) -> Result<Option<Recovery>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&id)]).await?;
    row.as_ref().map(record).transpose()
}

/// The recovery whose link that is, unless its time ran out.
pub(super) async fn by_link(
    reading: &mut Reading,
    digest: Digest,
    now: Timestamp,
) -> Result<Option<Recovery>, StoreError> {
    let row = BY_LINK.first(reading, [Argument::text(&digest), Argument::time(now)]).await?;
    let found = row.as_ref().map(record).transpose()?;
    // The columns are what is looked for by; the record is what was signed.
    Ok(found.filter(|recovery| {
        recovery.link() == Some(digest) && recovery.ends_at().is_some_and(|end| now < end)
    }))
}

/// A record is taken for what it says only while it is what was signed.
fn record(row: &Row) -> Result<Recovery, StoreError> {
    let id = row.text("id")?;
    if let Ok(recovery) = row.json::<Recovery>("record")
        && recovery.is_as_signed()
        && recovery.body.id.to_string() == id
    {
        return Ok(recovery);
    }
    tracing::error!(
        recovery = id,
        "what is kept of a recovery is not what was signed: somebody wrote past the console"
    );
    Err(StoreError::Corrupt(format!("recovery {id} is spoilt")))
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place { created_at: row.integer("created_at")?, id: row.text("id")? })
}

/// One page of recoveries.
pub(super) async fn recoveries(
    reading: &mut Reading,
    filter: &RecoveryFilter,
    wanted: &PageRequest,
) -> Result<Page<Recovery>, StoreError> {
    let newest = Place { created_at: i64::MAX, id: String::new() };
    let before = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let limit = wanted.limit();
    let [s0, s1, s2, s3, s4, s5, s6] = states(filter);
    let arguments = [
        Argument::Integer(Some(before.created_at)),
        Argument::Text(Some(before.id)),
        Argument::optional(filter.person.as_ref()),
        s0,
        s1,
        s2,
        s3,
        s4,
        s5,
        s6,
        Argument::count(limit + 1),
    ];
    let rows = statement(filter).fetch(reading, arguments).await?;
    readable(&rows, limit, place, record)
}

/// As many arguments as there are states: fewer are repeated, none stands for all.
fn states(filter: &RecoveryFilter) -> [Argument; RecoveryStateName::ALL.len()] {
    let wanted: Vec<RecoveryStateName> = RecoveryStateName::ALL
        .into_iter()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state))
        .collect();
    std::array::from_fn(|n| Argument::text(&wanted[n % wanted.len()]))
}

/// The statement that walks what is likely the shortest way.
fn statement(filter: &RecoveryFilter) -> Statement<11> {
    match filter {
        RecoveryFilter { person: Some(_), .. } => OF_PERSON,
        RecoveryFilter { states, .. } if !states.is_empty() => IN_STATES,
        RecoveryFilter { .. } => ALL,
    }
}
