//! Connections at work: reading, writing, and writing what the audit log tells of.
//!
//! The one place where transactions begin and end. Each carries its deadline, so that a database
//! that hangs is an error and not a wait.

use domain::store::StoreError;
use sqlx::{Any, AnyConnection, Transaction, pool::PoolConnection};
use tokio::time::Instant;

use super::{
    Store,
    failure::{commit_within, within},
    file::DatabaseFile,
    statement::{Connected, statements},
};

statements! {
    /// Takes the head of the log: whoever changes what entries tell of does so one after the other,
    /// and sees all that was committed before.
    TAKE_HEAD[0] = "UPDATE log_head SET next = next WHERE id = 0 RETURNING next";
}

/// A connection that reads.
pub(super) struct Reading {
    connection: PoolConnection<Any>,
    deadline: Instant,
}

/// A transaction that writes. Dropped, it was never there.
pub(super) struct Writing {
    transaction: Transaction<'static, Any>,
    deadline: Instant,
    file: Option<DatabaseFile>,
}

/// A transaction that writes with entries: the head of the log is its own until it ends.
pub(super) struct Recording {
    writing: Writing,
    /// The place of the next entry.
    pub(super) next: i64,
}

impl Store {
    /// Begins to read.
    pub(super) async fn read(&self) -> Result<Reading, StoreError> {
        self.still_there()?;
        let deadline = self.deadline();
        Ok(Reading { connection: within(deadline, self.readers.acquire()).await?, deadline })
    }

    /// Begins to write.
    pub(super) async fn write(&self) -> Result<Writing, StoreError> {
        self.still_there()?;
        let deadline = self.deadline();
        Ok(Writing {
            transaction: within(deadline, self.writers.begin_with(self.begin)).await?,
            deadline,
            file: self.file.clone(),
        })
    }

    /// Begins to write what entries tell of.
    pub(super) async fn record(&self) -> Result<Recording, StoreError> {
        let mut writing = self.write().await?;
        let head = TAKE_HEAD.first(&mut writing, []).await?;
        let head = head.ok_or_else(|| StoreError::Corrupt("the log has no head".to_owned()))?;
        Ok(Recording { next: head.integer("next")?, writing })
    }

    fn still_there(&self) -> Result<(), StoreError> {
        self.file.as_ref().map_or(Ok(()), DatabaseFile::still_there)
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.wait
    }
}

impl Writing {
    /// Ends it: from now on, all of it stands.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        if let Some(file) = &self.file {
            file.still_there()?;
        }
        commit_within(self.deadline, self.transaction.commit()).await
    }
}

impl Recording {
    /// Ends it: from now on, all of it stands, entries included.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.writing.commit().await
    }
}

impl Connected for Reading {
    fn connected(&mut self) -> (&mut AnyConnection, Instant) {
        (&mut self.connection, self.deadline)
    }
}

impl Connected for Writing {
    fn connected(&mut self) -> (&mut AnyConnection, Instant) {
        (&mut self.transaction, self.deadline)
    }
}

impl Connected for Recording {
    fn connected(&mut self) -> (&mut AnyConnection, Instant) {
        self.writing.connected()
    }
}
