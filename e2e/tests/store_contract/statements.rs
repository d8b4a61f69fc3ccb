//! Every statement is understood by both engines, with as many arguments as it is given, and walks an index.

use sekisho::store::{Described, statements};
use sqlx::{Either, Executor, Row, SqlSafeStr, Statement};

use crate::databases::Database;

on_both!(every_statement_is_understood);

async fn every_statement_is_understood(db: Database) {
    let mut direct = db.as_runtime().await;
    for Described { name, sql, parameters } in statements() {
        let prepared = direct.prepare(sql.into_sql_str()).await;
        let prepared = prepared.unwrap_or_else(|error| panic!("{name}: {error}\n{sql}"));
        let counted = match prepared.parameters() {
            Some(Either::Left(types)) => types.len(),
            Some(Either::Right(count)) => count,
            None => 0,
        };
        assert_eq!(counted, parameters, "{name}: {sql}");
    }
}

/// The lists that grow without bound: each is walked along its index, in order, without sorting.
#[tokio::test]
async fn long_lists_are_walked_along_an_index() {
    const SORTED: [&str; 2] = ["ENDING", "IN_STATES"];
    let db = Database::sqlite().await;
    let mut direct = db.as_owner().await;
    let mut walked = 0;
    let lists = statements().into_iter().filter(|statement| statement.sql.contains(" LIMIT $"));
    for Described { name, sql, .. } in lists {
        let plan = plan(&mut direct, sql).await;
        let along = ["USING INDEX", "USING INTEGER PRIMARY KEY"];
        assert!(along.iter().any(|index| plan.contains(index)), "{name}: {plan}");
        assert!(!plan.contains("SCAN "), "{name}: {plan}");
        assert_eq!(plan.contains("TEMP B-TREE"), SORTED.contains(&name), "{name}: {plan}");
        walked += 1;
    }
    assert_eq!(walked, 28);
}

/// What else looks for rows finds them by a key.
#[tokio::test]
async fn no_statement_reads_a_whole_table() {
    /// Small by nature, or swept as a whole.
    const WHOLE: [&str; 3] = ["KNOWN", "LINKS", "SESSIONS"];
    let db = Database::sqlite().await;
    let mut direct = db.as_owner().await;
    for Described { name, sql, .. } in statements() {
        let plan = plan(&mut direct, sql).await;
        assert_eq!(plan.contains("SCAN "), WHOLE.contains(&name), "{name}: {plan}");
    }
}

async fn plan(direct: &mut sqlx::AnyConnection, sql: &str) -> String {
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = direct.fetch_all(explain).await.expect("a plan");
    let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    steps.join("; ")
}
