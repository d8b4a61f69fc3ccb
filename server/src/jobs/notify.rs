//! Notifying: events are routed, and every destination that something is due for has a worker of its own.
//!
//! A worker is waited for by nobody: a destination that hangs keeps its own worker busy, and nothing else. Any number
//! of replicas may run this; whoever takes a delivery holds it for a while.

use std::{collections::BTreeSet, panic::resume_unwind, time::Duration};

use domain::{Console, Problem, names::DestinationName};
use tokio::task::{JoinError, JoinSet};

use super::job::every;
use crate::notifications::show_backlog;

/// How long something may be due before it is looked for.
const TICK: Duration = Duration::from_secs(1);
/// How often figures are taken.
const FIGURES: Duration = Duration::from_secs(15);

/// The workers of this process, one for each destination at most.
#[derive(Default)]
struct Workers {
    tasks: JoinSet<DestinationName>,
    busy: BTreeSet<DestinationName>,
}

/// Notifies for as long as the console runs.
pub(super) async fn repeat(console: Console) {
    let (mut tick, mut figures) = (every(TICK), every(FIGURES));
    let mut workers = Workers::default();
    loop {
        tokio::select! {
            _ = tick.tick() => note("route", workers.look(&console).await),
            _ = figures.tick() => note("count", show(&console).await),
            Some(ended) = workers.tasks.join_next() => workers.ended(ended),
        }
    }
}

impl Workers {
    /// Routes what happened, and sets a worker to what is due and has none.
    async fn look(&mut self, console: &Console) -> Result<(), Problem> {
        console.route_notifications().await?;
        for destination in console.due_destinations().await? {
            if self.busy.insert(destination.clone()) {
                self.tasks.spawn(work(console.clone(), destination));
            }
        }
        Ok(())
    }

    fn ended(&mut self, ended: Result<DestinationName, JoinError>) {
        match ended {
            Ok(destination) => drop(self.busy.remove(&destination)),
            // A fault of ours, which ends the job and is told.
            Err(broken) => {
                if let Ok(panic) = broken.try_into_panic() {
                    resume_unwind(panic);
                }
            }
        }
    }
}

/// Delivers what is due to one destination, for as long as it takes something. One that takes nothing is left alone
/// until the next tick, so that it does not keep the database busy.
async fn work(console: Console, destination: DestinationName) -> DestinationName {
    loop {
        match console.deliver_to(&destination).await {
            Ok(round) => {
                if round.given_up > 0 {
                    let count = round.given_up;
                    tracing::error!(%destination, count, "notifications were given up; see GET /api/v1/notifications");
                }
                if round.arrived == 0 {
                    return destination;
                }
            }
            Err(problem) => {
                note("deliver", Err(problem));
                return destination;
            }
        }
    }
}

async fn show(console: &Console) -> Result<(), Problem> {
    show_backlog(console.notification_backlog().await?);
    Ok(())
}

fn note(what: &'static str, done: Result<(), Problem>) {
    if let Err(problem) = done {
        tracing::warn!(job = "notify", what, %problem, "not done; it will be tried again");
    }
}
