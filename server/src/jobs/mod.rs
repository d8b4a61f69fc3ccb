//! What happens by itself: requests run out of time, executions come to their end, what expired is cleared away.
//!
//! Every replica runs these. Each change is a compare-and-set in the store, so that whoever is first
//! wins and the others find nothing to do.

use std::{sync::Arc, time::Duration};

use domain::{
    Console, Problem,
    resources::{Change, Clusters},
};
use futures::{StreamExt, stream};
use tokio::{
    task::JoinHandle,
    time::{Interval, MissedTickBehavior},
};

/// How long nothing may be looked at although no cluster reported a change.
const TICK: Duration = Duration::from_secs(2);
/// How long changes are gathered before they are looked at: a busy cluster must not keep the database busy.
const GATHER: Duration = Duration::from_millis(100);
/// How often what expired is cleared away.
const CLEAR: Duration = Duration::from_mins(10);

/// The jobs under way; they end when this is dropped.
#[derive(Debug)]
pub struct Jobs(JoinHandle<()>);

impl Drop for Jobs {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Jobs {
    /// Starts them.
    #[must_use]
    pub fn start(console: Console, clusters: &Arc<dyn Clusters>) -> Self {
        let changes = clusters.all().into_iter().map(|cluster| cluster.changes());
        Self(tokio::spawn(run(console, stream::select_all(changes))))
    }
}

async fn run(console: Console, mut changes: impl futures::Stream<Item = Change> + Unpin) {
    let [mut tick, mut gather, mut clear] = [TICK, GATHER, CLEAR].map(every);
    loop {
        tokio::select! {
            _ = clear.tick() => {
                report("forget what expired", console.forget_expired().await);
                continue;
            }
            _ = tick.tick() => {}
            Some(_) = changes.next() => {}
        }
        gather.tick().await;
        once(&console).await;
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// One round of the jobs that requests wait for.
pub async fn once(console: &Console) {
    report("expire requests", console.expire_requests().await);
    report("settle executions", console.settle_executions().await);
    report("count failed sign-ins", console.flush_failures().await);
}

fn report(job: &str, done: Result<usize, Problem>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(job, count, "done"),
        Err(problem) => tracing::warn!(job, %problem, "not done; it will be tried again"),
    }
}
