//! `sekisho reap`: ends what has expired where no console does.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use domain::time::Clock;
use jiff::SignedDuration;
use tokio::time::sleep;

use super::{Answer, Failure, Outputs};
use crate::{
    cluster::{ClusterSource, Reaper},
    identity::SystemClock,
};

/// End the temporary roles that have expired in a cluster, by what stands there alone
///
/// A deployment of its own, with an account that may delete bindings and accounts and nothing else (`sekisho rbac`
/// renders it): a console that is dead must not extend anybody's power.
#[derive(Debug, Args)]
pub(super) struct Reap {
    /// The kubeconfig of the cluster; without one, the service account of this pod
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// How often to look
    #[arg(long, value_name = "TIME", default_value = "30s")]
    every: SignedDuration,
    /// Look once: exit code 0 when nothing that has expired is left, 1 when something is
    #[arg(long)]
    once: bool,
}

impl Reap {
    pub(super) async fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let source = match self.kubeconfig {
            Some(path) => ClusterSource::Kubeconfig { path, context: None },
            None => ClusterSource::InCluster,
        };
        let reaper = Reaper::connect(source).await?;
        let every = Duration::try_from(self.every).unwrap_or(Duration::from_secs(30));
        loop {
            let answer = look(&reaper, outputs).await?;
            if self.once {
                return Ok(answer);
            }
            sleep(every.max(Duration::from_secs(1))).await;
        }
    }
}

async fn look(reaper: &Reaper, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
    match reaper.reap(SystemClock.now()).await {
        Ok(round) => {
            for what in &round.gone {
                writeln!(outputs.out, "{what} has expired and is deleted")?;
            }
            for (what, error) in &round.kept {
                writeln!(outputs.notes, "{what} has expired and stands still: {error}")?;
            }
            Ok(if round.kept.is_empty() { Answer::Yes } else { Answer::No })
        }
        Err(error) => {
            writeln!(outputs.notes, "what has expired is not known: {error}")?;
            Ok(Answer::No)
        }
    }
}
