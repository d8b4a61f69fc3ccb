//! How to start a cluster.
//!
//! Never reads an environment: everything is handed in.

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;

/// Where the cluster reads the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a cluster is made of when it starts.
#[derive(Clone)]
pub struct Options {
    /// A loopback address; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where UIDs, generated names and tokens come from: the same entropy gives the same cluster.
    pub entropy: [u8; 32],
    /// What is there at the start.
    pub seed: Seed,
    /// How fast pods come and go.
    pub pace: Pace,
    /// The user behind the console's token.
    pub console_user: String,
    /// How often watches that ask for bookmarks get one.
    pub bookmark_every: Duration,
}

impl Options {
    /// The newcomers' cluster: Kawase Pay at a pace that a person can follow, on a free port.
    #[must_use]
    pub fn demo(clock: Clock, entropy: [u8; 32]) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock,
            entropy,
            seed: Seed::KawasePay,
            pace: Pace::LIVE,
            console_user: "system:serviceaccount:sekisho:console".to_owned(),
            bookmark_every: Duration::from_mins(1),
        }
    }

    /// The tests' cluster: only nodes and `kube-system`, and pods that come and go at once.
    #[must_use]
    pub fn bare(clock: Clock, entropy: [u8; 32]) -> Self {
        Self { seed: Seed::Bare, pace: Pace::IMMEDIATE, ..Self::demo(clock, entropy) }
    }
}

impl fmt::Debug for Options {
    /// Without the clock, which has no form, and the entropy, which makes the tokens.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("listen", &self.listen)
            .field("seed", &self.seed)
            .field("pace", &self.pace)
            .field("console_user", &self.console_user)
            .finish_non_exhaustive()
    }
}

/// What is in the cluster at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Six nodes, `kube-system` and `default`.
    Bare,
    /// The payments company: a dozen tenants, some of them in trouble.
    KawasePay,
}

/// How long the kubelets take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between one step of a pod's life and the next.
    pub step: Duration,
    /// From a crash to the next start of the container; `None`: it stays down.
    pub back_off: Option<Duration>,
}

impl Pace {
    /// Slow enough to watch.
    pub const LIVE: Self =
        Self { step: Duration::from_millis(1500), back_off: Some(Duration::from_mins(2)) };
    /// As fast as it goes, and at rest afterwards.
    pub const IMMEDIATE: Self = Self { step: Duration::ZERO, back_off: None };
}
