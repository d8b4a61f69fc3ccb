//! Reading reviews, those of the newest sessions first.

use domain::{
    break_glass::{Review, ReviewFilter, ReviewStateName},
    ids::GrantId,
    page::{Page, PageRequest},
    store::StoreError,
};

use crate::store::{
    connection::Reading,
    cursor::{Cursor, readable},
    row::Row,
    statement::{Argument, Statement, statements},
};

/// A statement whose first condition walks an index; the others only sift. All take the same arguments.
macro_rules! reviews {
    ($walk:literal) => {
        reviews!($walk, "opened_at")
    };
    ($walk:literal, $opened_at:literal) => {
        concat!(
            "SELECT session, opened_at, record FROM reviews WHERE ",
            $walk,
            " AND (",
            $opened_at,
            ", session) < ($1, $2)",
            " AND (CAST($3 AS TEXT) IS NULL OR person = $3)",
            " AND (CAST($4 AS TEXT) IS NULL OR incident = $4)",
            // Not the bare column: that would tempt SQLite to walk it.
            " AND CAST(state AS TEXT) IN ($5, $6, $7)",
            " ORDER BY ",
            $opened_at,
            " DESC, session DESC LIMIT $8"
        )
    };
}

statements! {
    ONE[1] = "SELECT session, record FROM reviews WHERE session = $1";
    OF_PERSON[8] = reviews!("person = $3");
    OF_INCIDENT[8] = reviews!("incident = $4");
    /// Few wait for anything: sorting them costs nothing.
    IN_STATES[8] = reviews!("state IN ($5, $6, $7)", "opened_at + 0");
    ALL[8] = reviews!("opened_at <= $1");
}

/// The place of a review in the list.
#[derive(Clone)]
struct Place {
    opened_at: i64,
    session: String,
}

impl Cursor for Place {
    const VERSION: &'static str = "reviews-1";

    fn fields(&self) -> [String; 2] {
        [self.opened_at.to_string(), self.session.clone()]
    }

    fn from_fields([opened_at, session]: [&str; 2]) -> Option<Self> {
        let session: GrantId = session.parse().ok()?;
        Some(Self { opened_at: opened_at.parse().ok()?, session: session.to_string() })
    }
}

/// The review of a session.
pub(super) async fn review(
    reading: &mut Reading,
    session: GrantId,
) -> Result<Option<Review>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&session)]).await?;
    row.as_ref().map(record).transpose()
}

/// A record is taken for what it says only while it can be: a verdict by somebody who was part of it is none.
fn record(row: &Row) -> Result<Review, StoreError> {
    let session = row.text("session")?;
    if let Ok(review) = row.json::<Review>("record")
        && review.is_as_it_can_be()
    {
        return Ok(review);
    }
    tracing::error!(
        session,
        "what is kept of a review is none that the console makes: somebody wrote past it"
    );
    Err(StoreError::Corrupt(format!("the review of session {session} is spoilt")))
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place { opened_at: row.integer("opened_at")?, session: row.text("session")? })
}

/// One page of reviews.
pub(super) async fn reviews(
    reading: &mut Reading,
    filter: &ReviewFilter,
    wanted: &PageRequest,
) -> Result<Page<Review>, StoreError> {
    let newest = Place { opened_at: i64::MAX, session: String::new() };
    let before = wanted.cursor.as_deref().map_or(Ok(newest), Place::decode)?;
    let limit = wanted.limit();
    let [s0, s1, s2] = states(filter);
    let arguments = [
        Argument::Integer(Some(before.opened_at)),
        Argument::Text(Some(before.session)),
        Argument::optional(filter.person.as_ref()),
        Argument::optional(filter.incident.as_ref()),
        s0,
        s1,
        s2,
        Argument::count(limit + 1),
    ];
    let rows = statement(filter).fetch(reading, arguments).await?;
    readable(&rows, limit, place, record)
}

/// As many arguments as there are states: fewer are repeated, none stands for all.
fn states(filter: &ReviewFilter) -> [Argument; ReviewStateName::ALL.len()] {
    let wanted: Vec<ReviewStateName> = ReviewStateName::ALL
        .into_iter()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state))
        .collect();
    std::array::from_fn(|n| Argument::text(&wanted[n % wanted.len()]))
}

/// The statement that walks what is likely the shortest way.
fn statement(filter: &ReviewFilter) -> Statement<8> {
    match filter {
        ReviewFilter { person: Some(_), .. } => OF_PERSON,
        ReviewFilter { incident: Some(_), .. } => OF_INCIDENT,
        ReviewFilter { states, .. } if !states.is_empty() => IN_STATES,
        ReviewFilter { .. } => ALL,
    }
}
