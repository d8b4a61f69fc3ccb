//! The jobs one by one, and how each is done over and over.

use std::time::Duration;

use domain::{Console, Problem, grants::Scan, resources::Change};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream::BoxStream};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::grants;

/// How long nothing may be looked at although no cluster reported a change.
const TICK: Duration = Duration::from_secs(2);
/// How long power may outlast its time unnoticed.
const SOON: Duration = Duration::from_millis(500);
/// How often every binding of a cluster is looked through.
const LOOK: Duration = Duration::from_mins(1);
/// How often what expired is cleared away.
const CLEAR: Duration = Duration::from_mins(10);
/// How long changes are gathered before they are looked at: a busy cluster must not keep the database busy.
const GATHER: Duration = Duration::from_millis(100);

/// Something to do over and over; says how many things it did.
pub(super) struct Job {
    pub(super) name: &'static str,
    pub(super) period: Duration,
    pub(super) work: fn(&Console) -> BoxFuture<'_, Result<usize, Problem>>,
}

/// What wakes a job before its time.
pub(super) type Wakes = BoxStream<'static, Change>;

/// What depends on the time alone.
pub(super) const BY_TIME: [Job; 12] = [
    Job {
        name: "expire requests",
        period: TICK,
        work: |console| console.expire_requests().boxed(),
    },
    Job { name: "expire grants", period: SOON, work: |console| console.expire_grants().boxed() },
    Job { name: "end grants", period: SOON, work: |console| grants::end(console).boxed() },
    Job {
        name: "follow break-glass sessions",
        period: SOON,
        work: |console| console.follow_sessions().boxed(),
    },
    Job { name: "chase reviews", period: LOOK, work: |console| console.chase_reviews().boxed() },
    Job {
        name: "expire recoveries",
        period: TICK,
        work: |console| console.expire_recoveries().boxed(),
    },
    Job {
        name: "chase reviews of recoveries",
        period: LOOK,
        work: |console| console.chase_recoveries().boxed(),
    },
    Job {
        name: "hold grants against the clusters",
        period: TICK,
        work: |console| grants::reconcile(console, Scan::Labelled).boxed(),
    },
    Job {
        name: "look for copies of grants",
        period: LOOK,
        work: |console| grants::reconcile(console, Scan::Everything).boxed(),
    },
    Job {
        name: "count failed sign-ins",
        period: TICK,
        work: |console| console.flush_failures().boxed(),
    },
    Job {
        name: "forget what expired",
        period: CLEAR,
        work: |console| console.forget_expired().boxed(),
    },
    Job {
        name: "forget what was given up",
        period: CLEAR,
        work: |console| console.forget_given_up().boxed(),
    },
];

/// What depends on what clusters show, too.
pub(super) const BY_SIGHT: [Job; 2] = [
    Job {
        name: "settle executions",
        period: TICK,
        work: |console| console.settle_executions().boxed(),
    },
    Job {
        name: "send the next waves",
        period: TICK,
        work: |console| console.advance_waves().boxed(),
    },
];

impl Job {
    /// Does it at once, and again with every tick and every wake.
    pub(super) async fn repeat(self, console: Console, mut wakes: Wakes) {
        let [mut tick, mut gather] = [self.period, GATHER].map(every);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                Some(_) = wakes.next() => {}
            }
            gather.tick().await;
            match (self.work)(&console).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(job = self.name, count, "done"),
                Err(problem) => {
                    tracing::warn!(job = self.name, %problem, "not done; it will be tried again");
                }
            }
        }
    }
}

pub(super) fn every(period: Duration) -> Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
