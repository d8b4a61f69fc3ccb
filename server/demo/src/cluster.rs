//! What the parts of a running cluster share.
//!
//! Never listens and never reconciles: `DemoCluster` starts those who do.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    access::Tokens, audit::AuditLog, faults::Faults, ids::Ids, options::Clock, options::Options,
    store::Store,
};

/// How many changes a watch may lag behind.
const HISTORY: usize = 20_000;
/// How many audit events are kept.
const AUDIT: usize = 20_000;

/// What ends open watches before their time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Interruption {
    None,
    /// They end with `410 Expired`; the count makes each one news.
    Expire(u64),
    /// The cluster stops.
    End,
}

/// The state of a cluster.
pub(crate) struct Cluster {
    pub(crate) store: Store,
    pub(crate) tokens: Tokens,
    pub(crate) audit: AuditLog,
    pub(crate) faults: Faults,
    pub(crate) bookmark_every: Duration,
    clock: Clock,
    interruption: watch::Sender<Interruption>,
}

impl Cluster {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            store: Store::new(HISTORY, Ids::new(options.entropy)),
            tokens: Tokens::default(),
            audit: AuditLog::new(AUDIT),
            faults: Faults::default(),
            bookmark_every: options.bookmark_every,
            clock: Arc::clone(&options.clock),
            interruption: watch::Sender::new(Interruption::None),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn interruptions(&self) -> watch::Receiver<Interruption> {
        self.interruption.subscribe()
    }

    pub(crate) fn expire_watches(&self) {
        self.interruption.send_modify(|current| {
            *current = match *current {
                Interruption::None => Interruption::Expire(1),
                Interruption::Expire(count) => Interruption::Expire(count + 1),
                Interruption::End => Interruption::End,
            };
        });
    }

    pub(crate) fn end(&self) {
        self.interruption.send_replace(Interruption::End);
    }
}
