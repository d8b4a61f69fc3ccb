//! The tables: migrations, and what the role that runs the console may do to them.

use domain::store::StoreError;
use sqlx::{
    AnyConnection, AnyPool, Connection as _,
    any::{AnyConnectOptions, install_default_drivers},
    migrate::{MigrateError, Migrator},
    query, query_scalar,
};
use url::Url;

use super::failure::failure;

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// Why the tables are not as the console needs them.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A migration failed, or was changed after it ran.
    #[error("the database cannot be migrated")]
    Migrate(#[from] MigrateError),
    /// The owner did not migrate it yet.
    #[error(
        "the database stands at migration {found}, this console needs {needed}; \
         its owner runs `sekisho migrate --owner-database URL --runtime-role ROLE`"
    )]
    Behind {
        /// The last migration that ran; 0 when none did.
        found: i64,
        /// The last migration that this console knows.
        needed: i64,
    },
    /// The console must not own what it must not be able to change.
    #[error(
        "this role owns tables of the log or may act as their owner; run the console as a role that owns nothing"
    )]
    Owner,
    /// The database does not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Migrates a Postgres database as its owner, and grants the runtime role what the console does, and no more.
pub async fn prepare_postgres(owner: &Url, runtime: &str) -> Result<(), SchemaError> {
    install_default_drivers();
    let options: AnyConnectOptions = owner.as_str().parse().map_err(failure)?;
    let mut connection = AnyConnection::connect_with(&options).await.map_err(failure)?;
    POSTGRES.run(&mut connection).await?;
    query("SELECT grant_runtime($1)")
        .bind(runtime)
        .execute(&mut connection)
        .await
        .map_err(failure)?;
    connection.close().await.map_err(failure)?;
    Ok(())
}

pub(super) async fn migrate_sqlite(writers: &AnyPool) -> Result<(), SchemaError> {
    Ok(SQLITE.run(writers).await?)
}

/// Finds the tables as migrated, and this role without power over them.
pub(super) async fn check_postgres(pool: &AnyPool) -> Result<(), SchemaError> {
    const MIGRATED: &str = "SELECT COUNT(*) FROM pg_catalog.pg_tables \
         WHERE schemaname = 'public' AND tablename = '_sqlx_migrations'";
    const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
    const OWNED: &str = "SELECT COUNT(*) FROM pg_catalog.pg_tables \
         WHERE schemaname = 'public' AND pg_has_role(current_user, tableowner, 'MEMBER')";

    let number = async |sql: &'static str| {
        let number: i64 = query_scalar(sql).fetch_one(pool).await.map_err(failure)?;
        Ok::<_, StoreError>(number)
    };
    let needed = POSTGRES.iter().map(|step| step.version).max().unwrap_or(0);
    let found = match number(MIGRATED).await? {
        0 => 0,
        _ => number(VERSION).await?,
    };
    if found < needed {
        return Err(SchemaError::Behind { found, needed });
    }
    match number(OWNED).await? {
        0 => Ok(()),
        _ => Err(SchemaError::Owner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_take_the_same_steps() {
        let steps = |migrator: &'static Migrator| {
            migrator.iter().map(|step| (step.version, &step.description)).collect::<Vec<_>>()
        };
        assert_eq!(steps(&SQLITE), steps(&POSTGRES));
    }
}
