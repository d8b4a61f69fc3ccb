//! Work that has to end: what does not end by itself is brought to an end by ending the programs that it waits for.

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use crate::identity::Identity;

/// How long to rest before ending what was started in the meantime.
const AGAIN: Duration = Duration::from_secs(1);

/// How work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself.
    InTime,
    /// After the programs that it waited for were ended.
    Cut,
}

/// Does `work`. When it takes longer than `limit`, ends all programs that this process has started, directly or
/// through others, for as long as the work goes on.
pub fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> (T, Ending) {
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let watch = scope.spawn(move || {
            let (mut ending, mut wait) = (Ending::InTime, limit);
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                (ending, wait) = (Ending::Cut, AGAIN);
                Identity::stop_descendants();
            }
            ending
        });
        let outcome = work();
        drop(done);
        // The watch has nothing in it that panics.
        (outcome, watch.join().unwrap_or(Ending::Cut))
    })
}
