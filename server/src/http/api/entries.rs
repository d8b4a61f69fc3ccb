//! The audit log, read.

use axum::{Json as Answer, extract::State};
use domain::{
    Problem,
    audit::{Entry, EntryFilter},
    page::{Page, PageRequest},
};
use serde::Deserialize;

use super::input::Asked;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

const QUERY: &[&str] =
    &["actor", "tenant", "action", "outcome", "request", "grant", "from", "to", "cursor", "limit"];

pub(super) fn endpoints() -> Vec<Endpoint> {
    let summary =
        "Entries, newest first: everybody's for the security role, one's own for everyone";
    vec![Endpoint::get("/api/v1/entries", summary, list).query(QUERY).gives(200, "Entries")]
}

#[derive(Deserialize)]
struct Wanted {
    actor: Option<String>,
    tenant: Option<String>,
    action: Option<String>,
    outcome: Option<String>,
    request: Option<String>,
    grant: Option<String>,
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Wanted {
    fn filter(&self) -> Result<EntryFilter, Problem> {
        Ok(EntryFilter {
            actor: field("actor", self.actor.as_deref())?,
            tenant: field("tenant", self.tenant.as_deref())?,
            action: field("action", self.action.as_deref())?,
            outcome: field("outcome", self.outcome.as_deref())?,
            request: field("request", self.request.as_deref())?,
            grant: field("grant", self.grant.as_deref())?,
            from: field("from", self.from.as_deref())?,
            to: field("to", self.to.as_deref())?,
        })
    }
}

/// A field that is absent or empty asks for all.
fn field<T>(name: &str, text: Option<&str>) -> Result<Option<T>, Problem>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|rule| Problem::malformed(name, rule))).transpose()
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<Entry>>, ProblemResponse> {
    let filter = wanted.filter()?;
    let page = PageRequest { cursor: wanted.cursor, limit: wanted.limit };
    Ok(Answer(state.console.history(&actor, &filter, &page).await?))
}
