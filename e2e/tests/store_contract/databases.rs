//! A database per test: a file in a temporary folder, or a database of its own on the test server.

use std::{
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use harness::postgres::{Databases, ENVIRONMENT, Role};
use sekisho::store::{DatabaseUrl, Limits, Store, prepare_postgres};
use sqlx::{
    AnyConnection, Connection,
    any::{AnyConnectOptions, install_default_drivers},
};
use tempfile::TempDir;

/// Runs each of these functions as a test on either engine.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::databases::Database::sqlite().await).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::databases::Database::postgres().await).await;
            })*
        }
    };
}

/// A name that has to be escaped in a URL.
const FILE: &str = "sekisho 100%?.db";
const FILE_IN_A_URL: &str = "sekisho%20100%25%3f.db";

/// An empty database, and ways to it that bypass the store.
pub(crate) struct Database {
    pub(crate) store: Store,
    pub(crate) url: DatabaseUrl,
    /// As whoever owns the tables.
    owner: String,
    /// As what the console runs as.
    runtime: String,
    keep: Keep,
}

enum Keep {
    Folder(TempDir),
    Server { databases: Databases, name: String },
}

impl Database {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DatabaseUrl::Sqlite(folder.path().join(FILE));
        let store = Store::open_with(&url, patient()).await.expect("the store opens");
        let escaped = folder.path().join(FILE_IN_A_URL);
        let direct = format!("sqlite://{}", escaped.display());
        Self { store, url, owner: direct.clone(), runtime: direct, keep: Keep::Folder(folder) }
    }

    pub(crate) async fn postgres() -> Self {
        let (databases, name) = fresh();
        let owner = databases.url(&name, Role::Owner);
        let runtime = databases.url(&name, Role::Runtime);
        prepare(&owner).await;
        let url: DatabaseUrl = runtime.parse().expect("a database URL");
        let store = Store::open_with(&url, patient()).await.expect("the store opens");
        Self { store, url, owner, runtime, keep: Keep::Server { databases, name } }
    }

    /// Another console on the same database.
    pub(crate) async fn open_again(&self, limits: Limits) -> Store {
        Store::open_with(&self.url, limits).await.expect("the store opens")
    }

    pub(crate) async fn as_owner(&self) -> AnyConnection {
        connect(&self.owner).await
    }

    pub(crate) async fn as_runtime(&self) -> AnyConnection {
        connect(&self.runtime).await
    }

    /// The database file, where there is one.
    pub(crate) fn file(&self) -> PathBuf {
        match &self.keep {
            Keep::Folder(folder) => folder.path().join(FILE),
            Keep::Server { .. } => panic!("Postgres has no file of ours"),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.keep {
            Keep::Folder(_) => {}
            // A database that a test dropped itself is gone already.
            Keep::Server { databases, name } => drop(databases.drop(name)),
        }
    }
}

/// Machines that build and test at once are slow: what is not about time must not fail by it.
fn patient() -> Limits {
    Limits { wait: Duration::from_mins(1), ..Limits::default() }
}

/// An empty Postgres database that nobody migrated.
pub(crate) fn fresh() -> (Databases, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let databases = Databases::from_environment().unwrap_or_else(|error| {
        panic!(
            "no Postgres to test on ({error}); run `cargo xtask test contract`, \
             which starts one and sets {ENVIRONMENT}"
        )
    });
    let name = format!("store_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    databases.create(&name).expect("a database of its own");
    (databases, name)
}

/// Migrates it as its owner.
pub(crate) async fn prepare(owner: &str) {
    match owner.parse() {
        Ok(DatabaseUrl::Postgres(owner)) => {
            prepare_postgres(&owner, Role::Runtime.name()).await.expect("the migrations run");
        }
        other => panic!("{other:?} is no Postgres"),
    }
}

async fn connect(url: &str) -> AnyConnection {
    install_default_drivers();
    let options: AnyConnectOptions = url.parse().expect("a database URL");
    AnyConnection::connect_with(&options).await.expect("a connection")
}
