//! Deeds: what goes on after the call that began it was answered, and is waited for before the console ends.

use std::time::Duration;

use tokio::time::{error::Elapsed, timeout};
use tokio_util::task::TaskTracker;

/// The deeds under way.
#[derive(Clone, Debug, Default)]
pub struct Deeds(TaskTracker);

impl Deeds {
    /// Begins a deed, which outlives its caller.
    pub fn begin(&self, deed: impl Future<Output = ()> + Send + 'static) {
        self.0.spawn(deed);
    }

    /// Waits until every deed is done, so long at most.
    pub async fn done(&self, patience: Duration) -> Result<(), Elapsed> {
        self.0.close();
        timeout(patience, self.0.wait()).await
    }
}

#[cfg(test)]
mod tests {
    use futures::future::pending;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn deeds_are_waited_for_but_not_for_ever() {
        let (deeds, patience) = (Deeds::default(), Duration::from_secs(10));
        assert!(deeds.done(patience).await.is_ok(), "there are none");
        deeds.begin(tokio::time::sleep(Duration::from_secs(9)));
        assert!(deeds.done(patience).await.is_ok());
        deeds.begin(pending());
        assert!(deeds.done(patience).await.is_err());
    }
}
