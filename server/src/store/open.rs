//! Opening a database: pools, pragmas and timeouts of each engine. Nothing else knows which it is.

use std::{io, path::Path, time::Duration};

use domain::store::StoreError;
use sqlx::{
    AnyConnection, AssertSqlSafe, Connection as _, Executor as _,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
    error::Error,
    query_scalar,
};
use url::Url;

use super::{
    Store,
    failure::failure,
    file::DatabaseFile,
    limits::Limits,
    schema::{self, SchemaError},
    url::DatabaseUrl,
};

/// Why a store was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be created or opened.
    #[error("the database file {path} cannot be opened")]
    File {
        /// Which.
        path: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The path cannot be written as a URL.
    #[error("the path {0} is no absolute path in UTF-8")]
    Path(String),
    /// The database does not answer as it should.
    #[error("the database cannot be used")]
    Database(#[from] StoreError),
    /// The tables are not as this console needs them.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

impl Store {
    /// Opens a database with the usual limits. An SQLite file is created and migrated as needed; a
    /// Postgres database must have been [prepared](super::prepare_postgres) by its owner.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, OpenError> {
        Self::open_with(url, Limits::default()).await
    }

    /// Opens a database within limits.
    pub async fn open_with(url: &DatabaseUrl, limits: Limits) -> Result<Self, OpenError> {
        install_default_drivers();
        match url {
            DatabaseUrl::Sqlite(path) => open_sqlite(path, limits).await,
            DatabaseUrl::Postgres(url) => open_postgres(url, limits).await,
        }
    }
}

async fn open_sqlite(path: &Path, limits: Limits) -> Result<Store, OpenError> {
    let file = DatabaseFile::create_or_open(path)
        .map_err(|source| OpenError::File { path: path.display().to_string(), source })?;
    let options = sqlite_options(file.path())?;
    // Writers queue for one connection, first come first served; SQLite itself would let them race.
    let writers = sqlite_pool(1, limits).connect_with(options.clone()).await.map_err(failure)?;
    schema::migrate_sqlite(&writers).await?;
    Ok(Store {
        readers: sqlite_pool(limits.connections, limits).connect_lazy_with(options),
        writers,
        begin: "BEGIN IMMEDIATE",
        wait: limits.wait,
        file: Some(file),
    })
}

fn sqlite_options(path: &Path) -> Result<AnyConnectOptions, OpenError> {
    let no_url = || OpenError::Path(path.display().to_string());
    let url = Url::from_file_path(path).map_err(|()| no_url())?;
    format!("sqlite://{}", url.path()).parse().map_err(|_| no_url())
}

fn sqlite_pool(connections: u32, limits: Limits) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(limits.wait)
        .after_connect(move |connection, _| Box::pin(set_up_sqlite(connection, limits)))
}

/// Durable before fast: what was acknowledged survives a power cut.
async fn set_up_sqlite(connection: &mut AnyConnection, limits: Limits) -> Result<(), Error> {
    // Shorter than the deadline, so that SQLite itself says who is in the way.
    let patience = (limits.wait * 4 / 5).as_millis();
    connection.execute(AssertSqlSafe(format!("PRAGMA busy_timeout = {patience}"))).await?;
    let journal: String =
        query_scalar("PRAGMA journal_mode = WAL").fetch_one(&mut *connection).await?;
    if journal != "wal" {
        let reason = format!("the file system allows no write-ahead log (journal mode {journal})");
        return Err(Error::Configuration(reason.into()));
    }
    connection.execute("PRAGMA synchronous = FULL").await?;
    connection.execute("PRAGMA foreign_keys = ON").await?;
    if let Some(pages) = limits.sqlite_pages {
        connection.execute(AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).await?;
    }
    Ok(())
}

async fn open_postgres(url: &Url, limits: Limits) -> Result<Store, OpenError> {
    let options: AnyConnectOptions = url.as_str().parse().map_err(failure)?;
    let pool = AnyPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(limits.wait)
        .after_connect(move |connection, _| Box::pin(set_up_postgres(connection, limits.wait)))
        .after_release(move |connection, _| Box::pin(answers(connection, limits.wait)))
        .connect_with(options)
        .await
        .map_err(failure)?;
    schema::check_postgres(&pool).await?;
    Ok(Store {
        readers: pool.clone(),
        writers: pool,
        begin: "BEGIN ISOLATION LEVEL READ COMMITTED",
        wait: limits.wait,
        file: None,
    })
}

/// The server gives up when we do, and lets go of what a console that vanished held.
async fn set_up_postgres(connection: &mut AnyConnection, wait: Duration) -> Result<(), Error> {
    const TIMEOUTS: [&str; 3] =
        ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
    for timeout in TIMEOUTS {
        sqlx::query("SELECT set_config($1, $2, false)")
            .bind(timeout)
            .bind(wait.as_millis().to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// A connection that does not answer is closed, not kept: the server may be gone without a word.
async fn answers(connection: &mut AnyConnection, wait: Duration) -> Result<bool, Error> {
    match tokio::time::timeout(wait, connection.ping()).await {
        Ok(answer) => answer.map(|()| true),
        Err(_) => Err(Error::PoolTimedOut),
    }
}
