//! What happens by itself: requests run out of time, executions come to their end.
//!
//! Every replica runs these. Each change is a compare-and-set in the store, so that whoever is first
//! wins and the others find nothing to do.

use std::{sync::Arc, time::Duration};

use domain::{
    Console, Problem,
    resources::{Change, Clusters},
};
use futures::{StreamExt, stream};
use tokio::{task::JoinHandle, time::MissedTickBehavior};

/// How long nothing may be looked at although no cluster reported a change.
const TICK: Duration = Duration::from_secs(2);

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
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            Some(_) = changes.next() => {}
        }
        once(&console).await;
    }
}

/// One round of every job.
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
