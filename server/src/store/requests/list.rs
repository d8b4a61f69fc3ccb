//! Reading requests, newest first.

use domain::{
    actions::{Request, RequestFilter, SeenBy, StateName},
    ids::RequestId,
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
macro_rules! requests {
    ($walk:literal) => {
        requests!($walk, "created_at")
    };
    ($walk:literal, $created_at:literal) => {
        concat!(
            "SELECT id, created_at, record FROM requests WHERE ",
            $walk,
            " AND (",
            $created_at,
            ", id) < ($1, $2)",
            " AND (CAST($3 AS TEXT) IS NULL OR requester = $3)",
            " AND (CAST($4 AS TEXT) IS NULL OR tenant = $4)",
            " AND (CAST($5 AS BIGINT) IS NULL OR ends_at < $5)",
            // Not the bare column: that would tempt SQLite to walk it.
            " AND CAST(state AS TEXT) IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            // Names of tenants hold no wildcards, so each is found as it is written.
            " AND (CAST($16 AS TEXT) IS NULL OR requester = $17",
            " OR CAST($16 AS TEXT) LIKE '%|' || tenant || '|%')",
            " ORDER BY ",
            $created_at,
            " DESC, id DESC LIMIT $18"
        )
    };
}

statements! {
    ONE[1] = "SELECT record FROM requests WHERE id = $1";
    BY_REQUESTER[18] = requests!("requester = $3");
    IN_TENANT[18] = requests!("tenant = $4");
    /// Few are ever about to end: sorting them costs nothing.
    ENDING[18] = requests!("ends_at < $5", "created_at + 0");
    IN_STATE[18] = requests!("state = $6");
    /// States that pass are in few rows; whoever asks for several final ones pays for sorting them.
    IN_STATES[18] = requests!(
        "state IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        "created_at + 0"
    );
    ALL[18] = requests!("created_at <= $1");
}

/// The place of a request in the list.
#[derive(Clone)]
struct Place {
    created_at: i64,
    id: String,
}

impl Cursor for Place {
    const VERSION: &'static str = "requests-1";

    fn fields(&self) -> [String; 2] {
        [self.created_at.to_string(), self.id.clone()]
    }

    fn from_fields([created_at, id]: [&str; 2]) -> Option<Self> {
        let id: RequestId = id.parse().ok()?;
        Some(Self { created_at: created_at.parse().ok()?, id: id.to_string() })
    }
}

/// One request.
pub(super) async fn request(
    reading: &mut Reading,
    id: RequestId,
) -> Result<Option<Request>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&id)]).await?;
    row.as_ref().map(record).transpose()
}

/// A record is taken for what it says only while it is what was signed.
pub(super) fn record(row: &Row) -> Result<Request, StoreError> {
    let request: Request = row.json("record")?;
    if request.is_as_signed() {
        return Ok(request);
    }
    tracing::error!(request = %request.body.id, "what is kept of a request is not what was signed: somebody wrote past the console");
    Err(StoreError::Corrupt(format!("request {} is not what was signed", request.body.id)))
}

/// One page of requests.
pub(super) async fn requests(
    reading: &mut Reading,
    filter: &RequestFilter,
    wanted: &PageRequest,
) -> Result<Page<Request>, StoreError> {
    let newest = Place { created_at: i64::MAX, id: String::new() };
    let before = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let limit = wanted.limit();
    let [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9] = states(filter);
    let arguments = [
        Argument::Integer(Some(before.created_at)),
        Argument::Text(Some(before.id)),
        Argument::optional(filter.requester.as_ref()),
        Argument::optional(filter.tenant.as_ref()),
        Argument::Integer(filter.ends_before.map(Timestamp::as_micros)),
        s0,
        s1,
        s2,
        s3,
        s4,
        s5,
        s6,
        s7,
        s8,
        s9,
        Argument::Text(filter.seen_by.as_ref().map(tenants)),
        Argument::optional(filter.seen_by.as_ref().map(|seen_by| &seen_by.requester)),
        Argument::count(limit + 1),
    ];
    let rows = statement(filter).fetch(reading, arguments).await?;
    readable(&rows, limit, place, record)
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place { created_at: row.integer("created_at")?, id: row.text("id")? })
}

/// The tenants in one text, each between bars.
fn tenants(seen_by: &SeenBy) -> String {
    let names = seen_by.tenants.iter().map(|name| format!("{name}|"));
    std::iter::once("|".to_owned()).chain(names).collect()
}

/// Ten arguments, as there are ten states: fewer are repeated, none stands for all.
fn states(filter: &RequestFilter) -> [Argument; StateName::ALL.len()] {
    let wanted: Vec<StateName> = StateName::ALL
        .into_iter()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state))
        .collect();
    std::array::from_fn(|n| Argument::text(wanted[n % wanted.len()].as_str()))
}

/// The statement that walks what is likely the shortest way.
fn statement(filter: &RequestFilter) -> Statement<18> {
    match filter {
        RequestFilter { ends_before: Some(_), .. } => ENDING,
        RequestFilter { requester: Some(_), .. } => BY_REQUESTER,
        RequestFilter { tenant: Some(_), .. } => IN_TENANT,
        RequestFilter { states, .. } => match states.len() {
            0 => ALL,
            1 => IN_STATE,
            _ => IN_STATES,
        },
    }
}
