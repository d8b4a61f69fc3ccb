//! Fetching a calendar: over the console's outgoing calls, up to a size, within a time; and reading it.

use domain::time::Timestamp;
use http::StatusCode;

use super::{CalendarAddress, expand::around};
use crate::{
    calendar::{Calendar, CalendarTrouble},
    outgoing::{Client, FetchError},
};

/// What a calendar may hold; no more than a file of the folder.
const LARGEST: usize = 1024 * 1024;

/// Why a calendar was not fetched. Never holds its address.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// Nothing came, or too much.
    #[error(transparent)]
    Call(#[from] FetchError),
    /// This system trusts no certificates that could be read.
    #[error("the certificates that this system trusts cannot be read")]
    NoTls,
    /// Another answer than 200. Redirects are not followed.
    #[error("the answer was {0}")]
    Answer(StatusCode),
    /// What came is no calendar that is understood.
    #[error(transparent)]
    Calendar(#[from] CalendarTrouble),
    /// Reading it broke down, which is a fault of ours.
    #[error("reading it broke down")]
    BrokeDown(#[from] tokio::task::JoinError),
}

impl CalendarAddress {
    /// Fetches the calendar, reads it and expands it around that moment, where that keeps nobody waiting: what cannot be
    /// expanded takes no good copy's place.
    pub async fn fetch(
        &self,
        client: Option<&Client>,
        now: Timestamp,
    ) -> Result<Calendar, NotFetched> {
        let client = client.ok_or(NotFetched::NoTls)?;
        let fetched = client.get(&self.url, LARGEST).await?;
        if fetched.status != StatusCode::OK {
            return Err(NotFetched::Answer(fetched.status));
        }
        let address = self.clone();
        let read = move || {
            let calendar = address.read(&fetched.body)?;
            calendar.occurrences(&around(now))?;
            Ok::<_, CalendarTrouble>(calendar)
        };
        Ok(tokio::task::spawn_blocking(read).await??)
    }
}
