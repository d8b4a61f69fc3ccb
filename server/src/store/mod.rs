//! What Sekisho keeps, in SQLite or Postgres: people and sessions, requests, the audit log, the policy in
//! force, and what is to be told outside.
//!
//! One set of statements serves both engines; only [`open`](self::open) knows which it is. Never decides
//! who may do what, and never changes or removes an entry.

mod connection;
mod cookies;
mod cursor;
mod decided;
mod entries;
mod failure;
mod file;
mod grants;
mod identity;
mod limits;
mod open;
mod outbox;
mod policy;
mod recoveries;
mod requests;
mod reviews;
mod row;
mod schema;
mod statement;
mod url;

use std::time::Duration;

use domain::store::StoreError;
use sqlx::AnyPool;

pub use cookies::Cookies;
pub use limits::Limits;
pub use open::OpenError;
pub use schema::{SchemaError, prepare_postgres};
pub use statement::Described;
pub use url::{DatabaseUrl, InvalidDatabaseUrl};

use file::DatabaseFile;
use statement::statements;

statements! {
    HEAD[0] = "SELECT next FROM log_head WHERE id = 0";
}

/// An open database. Cheap to clone; all clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writers: AnyPool,
    /// How a transaction that writes begins.
    begin: &'static str,
    /// How long an operation may take.
    wait: Duration,
    /// Present for SQLite.
    file: Option<DatabaseFile>,
}

impl Store {
    /// Succeeds while the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let head = HEAD.first(&mut self.read().await?, []).await?;
        head.map(|_| ()).ok_or_else(|| StoreError::Corrupt("the log has no head".to_owned()))
    }

    /// Closes all connections, after what is under way.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// Every statement that is ever sent to a database that serves, for the test that prepares them on both.
#[must_use]
pub fn statements() -> Vec<Described> {
    [
        STATEMENTS,
        connection::STATEMENTS,
        cookies::STATEMENTS,
        entries::append::STATEMENTS,
        entries::list::STATEMENTS,
        grants::commit::STATEMENTS,
        grants::list::STATEMENTS,
        identity::ceremonies::STATEMENTS,
        identity::expired::STATEMENTS,
        identity::links::STATEMENTS,
        identity::passkeys::STATEMENTS,
        identity::people::STATEMENTS,
        identity::sessions::STATEMENTS,
        outbox::deliveries::STATEMENTS,
        outbox::events::STATEMENTS,
        outbox::settle::STATEMENTS,
        outbox::stuck::STATEMENTS,
        policy::STATEMENTS,
        recoveries::commit::STATEMENTS,
        recoveries::lately::STATEMENTS,
        recoveries::list::STATEMENTS,
        requests::commit::STATEMENTS,
        reviews::commit::STATEMENTS,
        reviews::list::STATEMENTS,
        requests::around::STATEMENTS,
        requests::list::STATEMENTS,
    ]
    .concat()
}
