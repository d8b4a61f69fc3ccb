//! What went wrong in a database, told once in words that help: the only place that reads its errors.

use std::future::Future;

use domain::{actions::CommitError, store::StoreError};
use sqlx::{
    error::{DatabaseError, Error},
    postgres::PgDatabaseError,
    sqlite::SqliteError,
};
use tokio::time::{Instant, timeout_at};

/// Waits for a database until the deadline.
pub(super) async fn within<T>(
    deadline: Instant,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, StoreError> {
    match timeout_at(deadline, work).await {
        Ok(done) => done.map_err(failure),
        Err(_) => Err(no_answer()),
    }
    .inspect_err(log)
}

/// Waits for a commit until the deadline. An answer that is lost leaves it in doubt.
pub(super) async fn commit_within(
    deadline: Instant,
    commit: impl Future<Output = Result<(), Error>>,
) -> Result<(), StoreError> {
    match timeout_at(deadline, commit).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error @ Error::Database(_))) => Err(failure(error)),
        Ok(Err(error)) => Err(StoreError::InDoubt(error.to_string())),
        Err(_) => Err(StoreError::InDoubt("it did not answer in time".to_owned())),
    }
    .inspect_err(log)
}

/// What went wrong with something that is committed along with something else.
pub(super) fn in_store(error: CommitError) -> StoreError {
    match error {
        CommitError::Store(error) => error,
        other => StoreError::Corrupt(other.to_string()),
    }
}

/// For operators: people are told that the database is away, not why.
fn log(error: &StoreError) {
    tracing::warn!(%error, "the database failed");
}

/// What a driver's error means to the rest of Sekisho.
pub(super) fn failure(error: Error) -> StoreError {
    match error {
        Error::Database(error) => told_by_database(&*error),
        Error::PoolTimedOut => no_answer(),
        Error::Io(_) | Error::Tls(_) | Error::PoolClosed | Error::WorkerCrashed => {
            StoreError::Unavailable(format!("the connection is gone: {error}"))
        }
        // A server that goes away in the midst of an answer is seen as a broken protocol.
        Error::Protocol(_) | Error::BeginFailed => {
            StoreError::Unavailable(format!("the connection broke: {error}"))
        }
        other => StoreError::Corrupt(other.to_string()),
    }
}

fn no_answer() -> StoreError {
    StoreError::Unavailable(
        "it did not answer in time; it is locked, overloaded or hung".to_owned(),
    )
}

fn told_by_database(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    let meaning = if error.as_error().is::<SqliteError>() {
        code.parse().ok().and_then(sqlite_meaning)
    } else if error.as_error().is::<PgDatabaseError>() {
        postgres_meaning(&code)
    } else {
        None
    };
    match meaning {
        Some(meaning) => StoreError::Unavailable(format!("{meaning}: {}", error.message())),
        None => StoreError::Corrupt(format!("{} (code {code})", error.message())),
    }
}

/// Result codes of SQLite; the low byte is the kind (<https://sqlite.org/rescode.html>).
fn sqlite_meaning(code: i32) -> Option<&'static str> {
    match code & 0xff {
        5 | 6 => Some("another process holds the database file"),
        8 => Some("the database file is read-only or was removed"),
        10 => Some("the disk failed"),
        13 => Some("the disk is full, or the database reached its bound"),
        14 => Some("the database file cannot be opened"),
        _ => None,
    }
}

/// SQLSTATE codes of Postgres (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn postgres_meaning(code: &str) -> Option<&'static str> {
    match code {
        "25006" => Some("the server takes no writes; it may be a standby"),
        "25P03" | "57014" | "55P03" => Some("it did not answer in time; a lock may be held"),
        "40001" | "40P01" => Some("others changed the same at the same moment; try again"),
        "42501" => Some("the runtime role lacks a privilege; run the migrations again"),
        "53100" => Some("the server's disk is full"),
        _ => match code.get(..2)? {
            "08" | "57" => Some("the server went away"),
            "28" | "3D" => Some("the server refused the connection"),
            "53" => Some("the server has no room for more"),
            "58" => Some("the server's disk or system failed"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_codes_mean_what_their_kind_means() {
        const SQLITE_BUSY_SNAPSHOT: i32 = 0x0205;
        const SQLITE_READONLY_DBMOVED: i32 = 0x0408;
        const SQLITE_CONSTRAINT_TRIGGER: i32 = 0x0713;
        assert_eq!(sqlite_meaning(SQLITE_BUSY_SNAPSHOT), sqlite_meaning(5));
        assert_eq!(sqlite_meaning(SQLITE_READONLY_DBMOVED), sqlite_meaning(8));
        assert_eq!(sqlite_meaning(SQLITE_CONSTRAINT_TRIGGER), None);
    }

    #[test]
    fn classes_stand_in_for_codes_that_are_not_listed() {
        assert_eq!(postgres_meaning("08006"), Some("the server went away"));
        assert_eq!(postgres_meaning("53300"), Some("the server has no room for more"));
        assert_eq!(postgres_meaning("23505"), None);
    }

    #[tokio::test]
    async fn a_commit_without_answer_is_in_doubt() {
        let lost = commit_within(Instant::now(), std::future::pending()).await;
        assert!(matches!(lost, Err(StoreError::InDoubt(_))));
        let broken = async { Err(Error::Io(std::io::ErrorKind::ConnectionReset.into())) };
        let far = Instant::now() + std::time::Duration::from_mins(1);
        let lost = commit_within(far, broken).await;
        assert!(matches!(lost, Err(StoreError::InDoubt(_))));
    }
}
