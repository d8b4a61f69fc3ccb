//! Where the database is, as the configuration says it.

use std::{fmt, path::PathBuf, str::FromStr};

use url::Url;

/// Where the database is: `sqlite:PATH` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of this console's own.
    Sqlite(PathBuf),
    /// A server (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS>).
    Postgres(Url),
}

/// The text names no database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a database is written sqlite:PATH or postgres://USER@HOST/NAME")]
pub struct InvalidDatabaseUrl;

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" | ":memory:" => Err(InvalidDatabaseUrl),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => Ok(Self::Postgres(url)),
            _ => Err(InvalidDatabaseUrl),
        }
    }
}

/// Without the password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => write!(
                f,
                "postgres://{}@{}{}",
                url.username(),
                url.host_str().unwrap_or_default(),
                url.path()
            ),
        }
    }
}

/// As displayed: a password in a log is a password lost.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_file_are_read() {
        for text in ["sqlite:data/sekisho.db", "sqlite://data/sekisho.db"] {
            assert_eq!(text.parse(), Ok(DatabaseUrl::Sqlite("data/sekisho.db".into())));
        }
        assert_eq!("sqlite::memory:".parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl));
        assert_eq!("mysql://db/x".parse::<DatabaseUrl>(), Err(InvalidDatabaseUrl));
    }

    #[test]
    fn a_password_is_never_printed() {
        let url: DatabaseUrl = "postgres://console:hunter2@db.example/sekisho".parse().unwrap();
        assert_eq!(format!("{url:?}"), "postgres://console@db.example/sekisho");
        assert!(!url.to_string().contains("hunter2"));
    }
}
