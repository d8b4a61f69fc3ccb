//! The databases of a running test server, and the two roles that share each: an owner, who
//! owns the tables, and the runtime role, which owns nothing. What the runtime role may do
//! is for migrations to grant.

use std::{env, path::Path, process::Command};

use super::Error;
use crate::tool;

/// The environment variable in which a runner hands a server over to tests.
pub const ENVIRONMENT: &str = "SEKISHO_TEST_POSTGRES";

/// Who connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Owns the databases and, through migrations, their tables.
    Owner,
    /// What the console runs as: owns nothing.
    Runtime,
}

impl Role {
    /// The role's name in Postgres.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "sekisho_owner",
            Self::Runtime => "sekisho_runtime",
        }
    }
}

/// A way to make and reach databases on one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Databases {
    socket: String,
    port: u16,
}

impl Databases {
    /// Those of the server that `cargo xtask test` handed over to this process.
    pub fn from_environment() -> Result<Self, Error> {
        let url = env::var(ENVIRONMENT).map_err(|_| Error::NotHandedOver)?;
        Self::parse(&url).ok_or(Error::BadUrl(url))
    }

    /// The variable and value that hand this server over to another process.
    #[must_use]
    pub fn environment(&self) -> (&'static str, String) {
        (ENVIRONMENT, self.admin_url())
    }

    /// Creates an empty database owned by [`Role::Owner`]. It is an error if it exists.
    pub fn create(&self, database: &str) -> Result<(), Error> {
        check(database)?;
        let owner = Role::Owner.name();
        self.execute(&format!("CREATE DATABASE {database} OWNER {owner}"))
    }

    /// Drops `database` and breaks the connections to it.
    pub fn drop(&self, database: &str) -> Result<(), Error> {
        check(database)?;
        self.execute(&format!("DROP DATABASE {database} WITH (FORCE)"))
    }

    /// The URL at which `role` reaches `database`, over loopback.
    #[must_use]
    pub fn url(&self, database: &str, role: Role) -> String {
        format!("postgres://{}@127.0.0.1:{}/{database}", role.name(), self.port)
    }

    pub(super) fn at(socket: &Path, port: u16) -> Self {
        Self { socket: socket.display().to_string(), port }
    }

    pub(super) fn create_roles(&self) -> Result<(), Error> {
        [Role::Owner, Role::Runtime]
            .into_iter()
            .try_for_each(|role| self.execute(&format!("CREATE ROLE {} LOGIN", role.name())))
    }

    /// The superuser's URL: over the socket, as it is refused elsewhere.
    fn admin_url(&self) -> String {
        format!("postgres://postgres@localhost:{}/postgres?host={}", self.port, self.socket)
    }

    fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("postgres://postgres@localhost:")?;
        let (port, socket) = rest.split_once("/postgres?host=")?;
        Some(Self { socket: socket.to_owned(), port: port.parse().ok()? })
    }

    fn execute(&self, statement: &str) -> Result<(), Error> {
        let mut psql = Command::new("psql");
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement]);
        tool::output(psql.arg(self.admin_url()))?;
        Ok(())
    }
}

fn check(name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain) {
        return Ok(());
    }
    Err(Error::BadName(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survive_being_handed_over() {
        let databases = Databases::at(Path::new("/tmp/run"), 20_001);

        let (_, url) = databases.environment();

        assert_eq!(Databases::parse(&url), Some(databases));
        assert_eq!(Databases::parse("postgres://somebody@db.example:5432/live"), None);
    }

    #[test]
    fn names_that_need_quoting_are_refused() {
        let databases = Databases::at(Path::new("/nonexistent"), 1);

        for name in ["", "1st", "Live", "a b", "a;drop", "a\"b"] {
            assert!(matches!(databases.create(name), Err(Error::BadName(_))), "{name:?}");
        }
    }
}
