//! Databases that are locked, full, away, hung or not what they should be: told plainly, nothing half done.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use domain::{
    audit::{EntryAction, EntryDraft, EntryFilter, EntryOutcome, EntryStore},
    page::PageRequest,
    store::StoreError,
};
use harness::postgres::Role;
use sekisho::store::{DatabaseUrl, Limits, OpenError, SchemaError, Store};
use sqlx::{AnyConnection, Connection, Executor};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{
    databases::{Database, fresh, prepare},
    fixtures::entry,
};

on_both!(a_writer_that_is_in_the_way_is_waited_for_but_not_forever);

const SHORT: Duration = Duration::from_millis(500);

fn short() -> Limits {
    Limits { wait: SHORT, ..Limits::default() }
}

fn draft() -> EntryDraft {
    entry("on-call", EntryAction::SignIn, EntryOutcome::Succeeded)
}

fn unavailable<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> String {
    match answer {
        Err(StoreError::Unavailable(told)) => told,
        other => panic!("not unavailable: {other:?}"),
    }
}

async fn count(store: &Store) -> usize {
    let page = store.entries(&EntryFilter::default(), &PageRequest::default()).await;
    page.expect("a page").items.len()
}

async fn a_writer_that_is_in_the_way_is_waited_for_but_not_forever(db: Database) {
    let store = db.open_again(short()).await;
    let mut other: AnyConnection = db.as_owner().await;
    other.execute("BEGIN").await.expect("begun");
    other.execute("UPDATE log_head SET next = next").await.expect("held");

    let began = Instant::now();
    unavailable(store.append(draft()).await);
    assert!(began.elapsed() < SHORT * 4, "{:?}", began.elapsed());
    store.ping().await.expect("readers are not in the way");

    other.execute("ROLLBACK").await.expect("let go");
    assert_eq!(store.append(draft()).await.expect("appended").sequence, 0);
}

#[tokio::test]
async fn a_full_database_takes_nothing_and_keeps_what_it_has() {
    let db = Database::sqlite().await;
    let store = db.open_again(Limits { sqlite_pages: Some(60), ..short() }).await;
    let mut kept = 0;
    let told = loop {
        match store.append(draft().with("note", "x".repeat(4000))).await {
            Ok(_) => kept += 1,
            full => break unavailable(full),
        }
    };
    assert!(told.contains("full"), "{told}");
    assert_eq!(count(&store).await, kept);
    let roomy = db.open_again(short()).await;
    assert_eq!(roomy.append(draft()).await.expect("appended").sequence, kept as u64);
}

#[tokio::test]
async fn a_database_file_that_went_away_is_noticed() {
    let db = Database::sqlite().await;
    db.store.append(draft()).await.expect("appended");
    let away = db.file().with_extension("away");
    fs::rename(db.file(), &away).expect("renamed");
    for told in [unavailable(db.store.append(draft()).await), unavailable(db.store.ping().await)] {
        assert!(told.contains("cannot be found"), "{told}");
    }
    fs::copy(&away, db.file()).expect("copied");
    assert!(unavailable(db.store.append(draft()).await).contains("replaced"));
    fs::rename(&away, db.file()).expect("renamed");
    assert_eq!(db.store.append(draft()).await.expect("appended").sequence, 1);
}

#[tokio::test]
async fn the_database_file_is_its_owners_alone() {
    let db = Database::sqlite().await;
    db.store.append(draft()).await.expect("appended");
    let folder = db.file().parent().expect("a folder").to_owned();
    let mut files = 0;
    for file in fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file");
        let mode = file.metadata().expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
        files += 1;
    }
    assert_eq!(files, 3, "the database, its log and its shared memory");
}

#[tokio::test]
async fn sqlite_is_durable_before_it_is_fast() {
    let db = Database::sqlite().await;
    let mut direct = db.as_owner().await;
    let journal: String =
        sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut direct).await.expect("a mode");
    assert_eq!(journal, "wal");
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = DatabaseUrl::Sqlite(folder.path().join("no/such/folder.db"));
    assert!(matches!(Store::open(&nowhere).await, Err(OpenError::File { .. })));
}

#[tokio::test]
async fn a_full_server_is_told_plainly() {
    let db = Database::postgres().await;
    let mut owner = db.as_owner().await;
    owner
        .execute(
            "CREATE FUNCTION fill() RETURNS TRIGGER LANGUAGE plpgsql AS \
             'BEGIN RAISE EXCEPTION ''no space left'' USING ERRCODE = ''53100''; END'",
        )
        .await
        .expect("a function");
    owner
        .execute("CREATE TRIGGER fill AFTER INSERT ON entries EXECUTE FUNCTION fill()")
        .await
        .expect("a trigger");
    let told = unavailable(db.store.append(draft()).await);
    assert!(told.contains("disk is full"), "{told}");
    owner.execute("DROP TRIGGER fill ON entries").await.expect("dropped");
    assert_eq!(db.store.append(draft()).await.expect("appended").sequence, 0);
}

#[tokio::test]
async fn a_server_that_hangs_is_not_waited_for_and_comes_back() {
    let db = Database::postgres().await;
    let DatabaseUrl::Postgres(url) = &db.url else { panic!("a Postgres") };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut through = url.clone();
    let port = listener.local_addr().expect("an address").port();
    through.set_port(Some(port)).expect("a port");
    let server = ("127.0.0.1", url.port().expect("a port"));

    let line = forward(listener, server);
    let store = Store::open_with(&DatabaseUrl::Postgres(through), short()).await.expect("opened");
    store.append(draft()).await.expect("appended");
    // The line is taken, but nobody answers on it any more.
    line.abort();
    assert!(line.await.expect_err("aborted").is_cancelled());
    let silent = TcpListener::bind(("127.0.0.1", port)).await.expect("the port again");
    let began = Instant::now();
    assert!(store.append(draft()).await.is_err());
    unavailable(store.append(draft()).await);
    assert!(began.elapsed() < SHORT * 6, "{:?}", began.elapsed());

    let line = forward(silent, server);
    let deadline = Instant::now() + Duration::from_secs(20);
    while let Err(error) = store.append(draft()).await {
        assert!(Instant::now() < deadline, "{error}");
    }
    assert_eq!(count(&store).await, 2);
    line.abort();
}

/// Passes connections on to a server until it is aborted, which breaks them.
fn forward(listener: TcpListener, server: (&'static str, u16)) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut lines = tokio::task::JoinSet::new();
        while let Ok((mut near, _)) = listener.accept().await {
            lines.spawn(async move {
                let mut far = TcpStream::connect(server).await?;
                copy_bidirectional(&mut near, &mut far).await
            });
        }
    })
}

#[tokio::test]
async fn a_console_does_not_run_on_tables_it_owns_or_lacks() {
    let (databases, name) = fresh();
    let open = async |role| {
        let url: DatabaseUrl = databases.url(&name, role).parse().expect("a database URL");
        Store::open_with(&url, short()).await.map(|_| ())
    };
    let behind = open(Role::Runtime).await;
    assert!(
        matches!(behind, Err(OpenError::Schema(SchemaError::Behind { found: 0, needed: 1.. }))),
        "{behind:?}"
    );
    prepare(&databases.url(&name, Role::Owner)).await;
    prepare(&databases.url(&name, Role::Owner)).await;
    open(Role::Runtime).await.expect("opened");
    let owner = open(Role::Owner).await;
    assert!(matches!(owner, Err(OpenError::Schema(SchemaError::Owner))), "{owner:?}");
    databases.drop(&name).expect("dropped");
}

#[tokio::test]
async fn a_transaction_that_is_cut_off_was_never_there() {
    for db in [Database::sqlite().await, Database::postgres().await] {
        let mut direct = db.as_owner().await;
        direct.execute("BEGIN").await.expect("begun");
        direct
            .execute("INSERT INTO people (login, handle) VALUES ('engineer', NULL)")
            .await
            .expect("inserted");
        direct.close_hard().await.expect("cut off");
        assert_eq!(count(&db.store).await, 0);
        let mut again = db.as_owner().await;
        let people: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM people")
            .fetch_one(&mut again)
            .await
            .expect("a number");
        assert_eq!(people, 0);
    }
}
