//! `sekisho serve`: the console of a company.

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use domain::{Console, Ports};
use futures::{FutureExt, StreamExt};
use tokio::time::{interval, sleep};
use tokio_stream::wrappers::IntervalStream;

use super::{
    Answer, Failure, Outputs,
    console::{Configured, configured},
};
use crate::{
    config::{Layer, Sources},
    http::metrics_router,
    jobs::Jobs,
    logging,
    policy::FollowedPolicy,
    serve::Server,
};

/// How often the policy folder is looked at.
const LOOK_AT_POLICY: Duration = Duration::from_secs(5);

/// How often it is seen whether a calendar is due.
const LOOK_AT_CALENDARS: Duration = Duration::from_secs(5);

/// Serve the console
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    flags: Layer,
    /// The configuration file; sekisho.toml where it is there
    #[arg(long, value_name = "FILE", env = "SEKISHO_CONFIG")]
    config: Option<PathBuf>,
}

impl Serve {
    pub(super) async fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        self.run_over(outputs, |ports| ports).await
    }

    /// Serves the very console, over its ports as `alter` hands them back: a test may stand before some of them.
    pub async fn run_over(
        self,
        outputs: &mut Outputs<'_>,
        alter: impl FnOnce(Ports) -> Ports,
    ) -> Result<Answer, Failure> {
        let sources = Sources { flags: self.flags, file: self.config };
        let settings = sources.settings(|name| std::env::var(name).ok())?;
        logging::start(&settings.log, settings.log_format);
        let server = Server::bind(settings.listen).await?;
        let (origin, metrics_listen) = (settings.origin.clone(), settings.metrics_listen);
        let Configured { assembled, clusters, policy, calendars } =
            configured(settings, alter).await?;
        let console = assembled.console.clone();
        console.enforce_policy().await?;
        let mut jobs = Jobs::start(&console, &clusters);
        jobs.supervise("follow the policy", follow(policy, console.clone()).boxed());
        let ticks = IntervalStream::new(interval(LOOK_AT_CALENDARS)).boxed();
        jobs.supervise("follow calendars", calendars.follow(ticks).boxed());
        let _metrics = match metrics_listen {
            Some(address) => Some(Server::bind(address).await?.serve_apart(metrics_router()?)),
            None => None,
        };
        writeln!(outputs.out, "Sekisho listens on {} for {origin}", server.address())?;
        for invitation in console.invite_first_admins().await? {
            let link = origin.enrolment_link(&invitation.secret);
            writeln!(
                outputs.out,
                "{} may enrol, once, within 15 minutes: {link}",
                invitation.login
            )?;
        }
        outputs.out.flush()?;
        server.run(assembled, jobs).await?;
        Ok(Answer::Yes)
    }
}

/// Looks at the policy folder now and then, and puts what it finds in force.
async fn follow(policy: Arc<FollowedPolicy>, console: Console) {
    let ticks = IntervalStream::new(interval(LOOK_AT_POLICY)).boxed();
    let enforce = move |_| {
        let console = console.clone();
        async move {
            while let Err(problem) = console.enforce_policy().await {
                tracing::error!(%problem, "the new policy is not in force yet: decisions are refused until it is");
                sleep(LOOK_AT_POLICY).await;
            }
        }
    };
    policy.follow(ticks, enforce).await;
}
