//! `sekisho migrate`: a Postgres database made ready by its owner, so that the console itself need own nothing.

use clap::Args;
use url::Url;

use super::{Answer, Failure, Outputs};
use crate::store::{DatabaseUrl, prepare_postgres};

/// Make a Postgres database ready, as its owner: migrate it, and let the console's role do what it must
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// The database, as its owner reaches it, such as <postgres://owner@db.example/sekisho>
    #[arg(long, value_name = "URL", env = "SEKISHO_OWNER_DATABASE", hide_env_values = true)]
    owner_database: DatabaseUrl,
    /// The role that the console runs as; it must own nothing
    #[arg(long, value_name = "ROLE", env = "SEKISHO_RUNTIME_ROLE")]
    runtime_role: String,
}

impl Migrate {
    pub(super) async fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let owner = self.postgres()?;
        prepare_postgres(owner, &self.runtime_role).await?;
        writeln!(
            outputs.out,
            "{} is ready; {} may run the console on it",
            self.owner_database, self.runtime_role
        )?;
        Ok(Answer::Yes)
    }

    fn postgres(&self) -> Result<&Url, Failure> {
        match &self.owner_database {
            DatabaseUrl::Postgres(url) => Ok(url),
            DatabaseUrl::Sqlite(_) => Err(Failure::NothingToMigrate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;

    #[test]
    fn a_file_needs_no_owner() {
        let ran = run(&["migrate", "--owner-database", "sqlite:a.db", "--runtime-role", "sekisho"]);
        let failure = ran.answer.unwrap_err().to_string();
        assert!(failure.contains("migrates itself"), "{failure}");
    }

    #[test]
    fn a_password_is_not_repeated_when_the_database_is_away() {
        let url = "postgres://owner:hunter2@127.0.0.1:1/sekisho";
        let ran = run(&["migrate", "--owner-database", url, "--runtime-role", "sekisho"]);
        let failure = ran.answer.unwrap_err().to_string();
        assert!(!failure.contains("hunter2"), "{failure}");
    }
}
