//! Reading grants, newest first.

use domain::{
    grants::{Grant, GrantFilter, GrantStateName},
    ids::GrantId,
    page::{Page, PageRequest},
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
/// Where few rows are found before they are sorted, the order must not tempt SQLite to walk all in order.
macro_rules! grants {
    ($walk:literal) => {
        grants!($walk, "created_at")
    };
    ($walk:literal, $created_at:literal) => {
        concat!(
            "SELECT id, created_at, record FROM grants WHERE ",
            $walk,
            " AND (",
            $created_at,
            ", id) < ($1, $2)",
            " AND (CAST($3 AS TEXT) IS NULL OR holder = $3)",
            " AND (CAST($4 AS TEXT) IS NULL OR tenant = $4)",
            " AND (CAST($5 AS BIGINT) IS NULL OR ends_at <= $5)",
            // Not the bare column: that would tempt SQLite to walk it.
            " AND CAST(state AS TEXT) IN ($6, $7, $8, $9, $10, $11, $12, $13, $14)",
            " ORDER BY ",
            $created_at,
            " DESC, id DESC LIMIT $15"
        )
    };
}

statements! {
    ONE[1] = "SELECT record FROM grants WHERE id = $1";
    OF_HOLDER[15] = grants!("holder = $3");
    IN_TENANT[15] = grants!("tenant = $4");
    /// Few are ever about to end: sorting them costs nothing.
    ENDING[15] = grants!("ends_at <= $5", "created_at + 0");
    /// States that pass are in few rows; whoever asks for several final ones pays for sorting them.
    IN_STATES[15] = grants!(
        "state IN ($6, $7, $8, $9, $10, $11, $12, $13, $14)",
        "created_at + 0"
    );
    ALL[15] = grants!("created_at <= $1");
}

/// The place of a grant in the list.
#[derive(Clone)]
struct Place {
    created_at: i64,
    id: String,
}

impl Cursor for Place {
    const VERSION: &'static str = "grants-1";

    fn fields(&self) -> [String; 2] {
        [self.created_at.to_string(), self.id.clone()]
    }

    fn from_fields([created_at, id]: [&str; 2]) -> Option<Self> {
        let id: GrantId = id.parse().ok()?;
        Some(Self { created_at: created_at.parse().ok()?, id: id.to_string() })
    }
}

/// One grant.
pub(super) async fn grant(reading: &mut Reading, id: GrantId) -> Result<Option<Grant>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&id)]).await?;
    row.as_ref().map(record).transpose()
}

/// A record is taken for what it says only while it is what was signed.
pub(super) fn record(row: &Row) -> Result<Grant, StoreError> {
    let grant: Grant = row.json("record")?;
    if grant.is_as_signed() {
        return Ok(grant);
    }
    tracing::error!(grant = %grant.body.id, "what is kept of a grant is not what was signed: somebody wrote past the console");
    Err(StoreError::Corrupt(format!("grant {} is not what was signed", grant.body.id)))
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place { created_at: row.integer("created_at")?, id: row.text("id")? })
}

/// One page of grants.
pub(super) async fn grants(
    reading: &mut Reading,
    filter: &GrantFilter,
    wanted: &PageRequest,
) -> Result<Page<Grant>, StoreError> {
    let newest = Place { created_at: i64::MAX, id: String::new() };
    let before = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let limit = wanted.limit();
    let [s0, s1, s2, s3, s4, s5, s6, s7, s8] = states(filter);
    let arguments = [
        Argument::Integer(Some(before.created_at)),
        Argument::Text(Some(before.id)),
        Argument::optional(filter.holder.as_ref()),
        Argument::optional(filter.tenant.as_ref()),
        Argument::Integer(filter.ended_by.map(Timestamp::as_micros)),
        s0,
        s1,
        s2,
        s3,
        s4,
        s5,
        s6,
        s7,
        s8,
        Argument::count(limit + 1),
    ];
    let rows = statement(filter).fetch(reading, arguments).await?;
    readable(&rows, limit, place, record)
}

/// As many arguments as there are states: fewer are repeated, none stands for all.
fn states(filter: &GrantFilter) -> [Argument; GrantStateName::ALL.len()] {
    let wanted: Vec<GrantStateName> = GrantStateName::ALL
        .into_iter()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state))
        .collect();
    std::array::from_fn(|n| Argument::text(&wanted[n % wanted.len()]))
}

/// The statement that walks what is likely the shortest way.
fn statement(filter: &GrantFilter) -> Statement<15> {
    match filter {
        GrantFilter { ended_by: Some(_), .. } => ENDING,
        GrantFilter { holder: Some(_), .. } => OF_HOLDER,
        GrantFilter { tenant: Some(_), .. } => IN_TENANT,
        GrantFilter { states, .. } if !states.is_empty() => IN_STATES,
        GrantFilter { .. } => ALL,
    }
}
