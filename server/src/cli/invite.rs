//! `sekisho invite LOGIN`: a one-time enrolment link, on the word of whoever runs this machine.

use std::path::PathBuf;

use clap::Args;
use domain::names::Login;

use super::{Answer, Failure, Outputs, console::configured};
use crate::config::{Layer, Sources};

/// Make a one-time enrolment link for a person whom the policy lists
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// Whom it enrols
    login: Login,
    #[command(flatten)]
    flags: Layer,
    /// The configuration file; sekisho.toml where it is there
    #[arg(long, value_name = "FILE", env = "SEKISHO_CONFIG")]
    config: Option<PathBuf>,
}

impl Invite {
    pub(super) async fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let sources = Sources { flags: self.flags, file: self.config };
        let settings = sources.settings(|name| std::env::var(name).ok())?;
        let origin = settings.origin.clone();
        let console = configured(settings, |ports| ports).await?.assembled.console;
        let invitation = console.invite_from_machine(&self.login).await?;
        writeln!(outputs.out, "{}", origin.enrolment_link(&invitation.secret))?;
        Ok(Answer::Yes)
    }
}
