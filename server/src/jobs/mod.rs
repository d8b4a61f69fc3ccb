//! What happens by itself: requests run out of time, executions come to their end, people are
//! notified, what expired is cleared away.
//!
//! Every replica runs these. Each change is a compare-and-set in the store, so that whoever is first
//! wins and the others find nothing to do. Each job is a task of its own: none waits for another, and what
//! fails is tried again. One that panics is a fault of ours, which is not hidden: the console ends.

mod grants;
mod job;
mod notify;

use std::sync::Arc;

use domain::{Console, resources::Clusters};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use tokio::task::{Id, JoinError, JoinSet};

pub use grants::describe;
use job::{BY_SIGHT, BY_TIME, Job, Wakes};

/// A job panicked.
#[derive(Debug, thiserror::Error)]
#[error("the job \"{job}\" broke down")]
pub struct BrokenJob {
    /// The job.
    pub job: &'static str,
    /// How.
    #[source]
    pub source: JoinError,
}

/// The jobs under way; they end when this is dropped.
#[derive(Debug, Default)]
pub struct Jobs {
    tasks: JoinSet<()>,
    names: Vec<(Id, &'static str)>,
}

impl Jobs {
    /// Starts them.
    #[must_use]
    pub fn start(console: &Console, clusters: &Arc<dyn Clusters>) -> Self {
        let mut jobs = Self::default();
        for job in BY_SIGHT {
            let changes = clusters.all().into_iter().map(|cluster| cluster.changes());
            jobs.begin(job, console, stream::select_all(changes).boxed());
        }
        for job in BY_TIME {
            jobs.begin(job, console, stream::pending().boxed());
        }
        jobs.supervise("notify", notify::repeat(console.clone()).boxed());
        jobs
    }

    fn begin(&mut self, job: Job, console: &Console, wakes: Wakes) {
        self.supervise(job.name, job.repeat(console.clone(), wakes).boxed());
    }

    /// Counts something else that goes on for as long as the console does among them.
    pub fn supervise(&mut self, name: &'static str, job: BoxFuture<'static, ()>) {
        let task = self.tasks.spawn(job);
        self.names.push((task.id(), name));
    }

    /// Waits for a job to break down; none ends otherwise.
    pub async fn broken(&mut self) -> BrokenJob {
        loop {
            match self.tasks.join_next_with_id().await {
                Some(Err(source)) => {
                    let named = self.names.iter().find(|(id, _)| *id == source.id());
                    let job = named.map_or("unknown", |(_, name)| *name);
                    return BrokenJob { job, source };
                }
                Some(Ok(_)) => {}
                None => std::future::pending().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::future::pending;
    use tokio::time::{sleep, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_job_that_panics_is_named() {
        let mut jobs = Jobs::default();
        jobs.supervise("sleeps", pending().boxed());
        assert!(timeout(Duration::from_hours(1), jobs.broken()).await.is_err(), "all is well");
        jobs.supervise(
            "trips",
            async {
                sleep(Duration::from_secs(1)).await;
                panic!("a fault of ours");
            }
            .boxed(),
        );
        let broken = jobs.broken().await;
        assert_eq!((broken.job, broken.source.is_panic()), ("trips", true));
        assert_eq!(broken.to_string(), "the job \"trips\" broke down");
    }
}
