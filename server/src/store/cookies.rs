//! What a browser's session cookie leads to, kept under the digest of its secret: who reads the database
//! cannot sign in with what they find.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{
    canonical::Digest,
    store::StoreError,
    time::{Clock, Timestamp},
};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::{
    Store,
    statement::{Argument, statements},
};

statements! {
    CREATE[3] = "INSERT INTO cookies (digest, data, expires_at) VALUES ($1, $2, $3) \
        ON CONFLICT (digest) DO NOTHING";
    SAVE[3] = "UPDATE cookies SET data = $2, expires_at = $3 WHERE digest = $1";
    LOAD[2] = "SELECT data, expires_at FROM cookies WHERE digest = $1 AND expires_at > $2";
    DELETE[1] = "DELETE FROM cookies WHERE digest = $1";
}

/// Keeps cookies for `tower-sessions`.
#[derive(Clone)]
pub struct Cookies {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Cookies {
    /// Cookies in this store; the clock judges when they run out.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }
}

impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookies").field("store", &self.store).finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStore for Cookies {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut writing = self.store.write().await.map_err(failed)?;
        while CREATE.execute(&mut writing, row(record)?).await.map_err(failed)? == 0 {
            record.id = Id::default();
        }
        writing.commit().await.map_err(failed)
    }

    /// Never brings back what was deleted meanwhile.
    async fn save(&self, record: &Record) -> Result<()> {
        let mut writing = self.store.write().await.map_err(failed)?;
        SAVE.execute(&mut writing, row(record)?).await.map_err(failed)?;
        writing.commit().await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut reading = self.store.read().await.map_err(failed)?;
        let arguments = [digest(id), Argument::time(self.clock.now())];
        let row = LOAD.first(&mut reading, arguments).await.map_err(failed)?;
        row.map(|row| {
            Ok(Record {
                id: *id,
                data: row.json("data").map_err(failed)?,
                expiry_date: moment(row.time("expires_at").map_err(failed)?)?,
            })
        })
        .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut writing = self.store.write().await.map_err(failed)?;
        DELETE.execute(&mut writing, [digest(id)]).await.map_err(failed)?;
        writing.commit().await.map_err(failed)
    }
}

fn row(record: &Record) -> Result<[Argument; 3]> {
    let data =
        serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let micros = record.expiry_date.unix_timestamp_nanos() / 1000;
    let expires_at = i64::try_from(micros).map_err(|error| Error::Encode(error.to_string()))?;
    Ok([digest(&record.id), Argument::Text(Some(data)), Argument::Integer(Some(expires_at))])
}

fn digest(id: &Id) -> Argument {
    Argument::text(&Digest::of(&id.0.to_be_bytes()))
}

fn moment(at: Timestamp) -> Result<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.as_micros()) * 1000)
        .map_err(|error| Error::Decode(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}
