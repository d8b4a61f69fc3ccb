//! Debian's Postgres, started for real.

use std::process::Command;

use harness::postgres::{Error, Postgres, Role};

fn start() -> Postgres {
    Postgres::start().expect("a Postgres server starts")
}

/// What a statement answers to a role, or how it was refused.
fn ask(server: &Postgres, role: Role, database: &str, statement: &str) -> Result<String, String> {
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"])
        .args(["--command", statement])
        .arg(server.url(database, role))
        .output()
        .expect("psql runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").trim().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

#[test]
fn the_owner_owns_tables_and_the_runtime_role_nothing() {
    let server = start();
    server.databases().create("contract").expect("created");

    ask(&server, Role::Owner, "contract", "CREATE TABLE entries (id bigint)").expect("owner");

    let refused = ask(&server, Role::Runtime, "contract", "CREATE TABLE mine (id bigint)");
    assert!(refused.expect_err("refused").contains("permission denied for schema public"));
    let refused = ask(&server, Role::Runtime, "contract", "DROP TABLE entries");
    assert!(refused.expect_err("refused").contains("must be owner of table entries"));
    let refused = ask(&server, Role::Runtime, "contract", "SELECT * FROM entries");
    assert!(refused.expect_err("refused").contains("permission denied for table entries"));
}

#[test]
fn data_is_durable_through_a_crash_and_the_address_stays() {
    let server = start();
    server.databases().create("faults").expect("created");
    let fsync = ask(&server, Role::Runtime, "faults", "SHOW fsync");
    assert_eq!(fsync.expect("shown"), "on");
    ask(&server, Role::Owner, "faults", "CREATE TABLE kept AS SELECT 7 AS n").expect("created");

    server.crash().expect("stopped");
    let gone = ask(&server, Role::Owner, "faults", "SELECT 1");
    assert!(gone.expect_err("gone").contains("Connection refused"));
    server.recover().expect("started again");

    assert_eq!(ask(&server, Role::Owner, "faults", "SELECT n FROM kept").expect("kept"), "7");
}

#[test]
fn nobody_is_superuser_over_loopback() {
    let server = start();

    let url = server.url("postgres", Role::Owner).replace(Role::Owner.name(), "postgres");
    let output = Command::new("psql").args([&url, "-c", "SELECT 1"]).output().expect("psql runs");

    assert!(String::from_utf8_lossy(&output.stderr).contains("pg_hba.conf rejects connection"));
}

#[test]
fn a_database_is_created_once_and_can_be_dropped() {
    let server = start();
    let databases = server.databases();

    databases.create("once").expect("created");
    assert!(matches!(databases.create("once"), Err(Error::Tool(_))));
    databases.drop("once").expect("dropped");

    databases.create("once").expect("created anew");
}
