//! Statements that both databases understand, each with as many arguments as it has parameters.
//!
//! Never builds SQL from values: a statement is a constant, and its parameters are counted while
//! it compiles (SQLite would take a missing argument for NULL).

use std::fmt::Display;

use domain::{store::StoreError, time::Timestamp};
use sqlx::{Any, AnyConnection, any::AnyArguments, query, query::Query};
use tokio::time::Instant;

use super::{failure::within, row::Row};

/// A connection to run statements on, and until when it may take.
pub(super) trait Connected: Send {
    /// Both.
    fn connected(&mut self) -> (&mut AnyConnection, Instant);
}

/// A statement with `N` parameters, `$1` to `$N`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<const N: usize> {
    sql: &'static str,
}

/// What stands for a parameter.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    Text(Option<String>),
    Integer(Option<i64>),
    Bytes(Vec<u8>),
}

/// A statement as the tests see it.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// What it is called in its module.
    pub name: &'static str,
    /// Its text.
    pub sql: &'static str,
    /// How many parameters it has.
    pub parameters: usize,
}

impl<const N: usize> Statement<N> {
    /// Does not compile unless `sql` has exactly the parameters `$1` to `$N`.
    pub(super) const fn new(sql: &'static str) -> Self {
        let mut number = 1;
        while number <= N {
            assert!(names_parameter(sql, number), "a parameter is not used");
            number += 1;
        }
        while number < 100 {
            assert!(!names_parameter(sql, number), "a parameter too many");
            number += 1;
        }
        Self { sql }
    }

    pub(super) const fn described(self, name: &'static str) -> Described {
        Described { name, sql: self.sql, parameters: N }
    }

    /// How many rows it changed.
    pub(super) async fn execute(
        self,
        on: &mut impl Connected,
        arguments: [Argument; N],
    ) -> Result<u64, StoreError> {
        let (connection, deadline) = on.connected();
        let done = within(deadline, self.bind(arguments).execute(connection)).await?;
        Ok(done.rows_affected())
    }

    /// All the rows it answers.
    pub(super) async fn fetch(
        self,
        on: &mut impl Connected,
        arguments: [Argument; N],
    ) -> Result<Vec<Row>, StoreError> {
        let (connection, deadline) = on.connected();
        let rows = within(deadline, self.bind(arguments).fetch_all(connection)).await?;
        Ok(rows.into_iter().map(Row::new).collect())
    }

    /// The first row it answers.
    pub(super) async fn first(
        self,
        on: &mut impl Connected,
        arguments: [Argument; N],
    ) -> Result<Option<Row>, StoreError> {
        // Not the driver's own way to fetch one row: that leaves the statement half run.
        Ok(self.fetch(on, arguments).await?.into_iter().next())
    }

    fn bind(self, arguments: [Argument; N]) -> Query<'static, Any, AnyArguments> {
        arguments.into_iter().fold(query(self.sql), |query, argument| match argument {
            Argument::Text(text) => query.bind(text),
            Argument::Integer(number) => query.bind(number),
            Argument::Bytes(bytes) => query.bind(bytes),
        })
    }
}

impl Argument {
    pub(super) fn text(value: &(impl Display + ?Sized)) -> Self {
        Self::Text(Some(value.to_string()))
    }

    pub(super) fn optional(value: Option<&impl Display>) -> Self {
        Self::Text(value.map(ToString::to_string))
    }

    /// A number of rows, small by nature.
    pub(super) fn count(rows: usize) -> Self {
        Self::Integer(i64::try_from(rows).ok())
    }

    pub(super) const fn time(moment: Timestamp) -> Self {
        Self::Integer(Some(moment.as_micros()))
    }
}

/// Whether `$number` stands in the text.
const fn names_parameter(sql: &str, number: usize) -> bool {
    let text = sql.as_bytes();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'$' {
            let mut read = 0;
            while at + 1 < text.len() && text[at + 1].is_ascii_digit() {
                read = read * 10 + (text[at + 1] - b'0') as usize;
                at += 1;
            }
            if read == number {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// Declares a module's statements, each with its number of parameters, and lists them in `STATEMENTS`.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident[$parameters:literal] = $sql:expr;)*) => {
        $(
            $(#[$meta])*
            const $name: $crate::store::statement::Statement<$parameters> =
                $crate::store::statement::Statement::new($sql);
        )*

        /// Every statement of this module, for the test that prepares them.
        pub(in crate::store) const STATEMENTS: &[$crate::store::statement::Described] =
            &[$($name.described(stringify!($name))),*];
    };
}
pub(super) use statements;

#[cfg(test)]
mod tests {
    use super::names_parameter;

    #[test]
    fn parameters_are_found_by_their_whole_number() {
        let sql = "SELECT $1 WHERE a = $12 AND b = $1";
        assert!(names_parameter(sql, 1));
        assert!(names_parameter(sql, 12));
        assert!(!names_parameter(sql, 2));
        assert!(!names_parameter("SELECT 1", 1));
    }
}
