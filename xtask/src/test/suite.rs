//! What a suite is: a name, what it proves, when it runs, and how.

use std::time::Duration;

use harness::control_plane::{self, BinariesError};
use harness::{cache, chromium, faketime, kubelet, node, packages, postgres};

use crate::cluster::StartError;
use crate::command::CommandError;
use crate::front::FrontError;
use crate::test::tool::ToolError;
use crate::tidy::TidyError;
use crate::workspace::Workspace;

/// One row of the table of suites.
#[derive(Debug)]
pub struct Suite {
    /// What a person types.
    pub name: &'static str,
    /// What is known when it has passed.
    pub proves: &'static str,
    /// Whether it runs without being named.
    pub when: When,
    /// Sets up what it needs and runs it, its output going to the terminal.
    pub run: Run,
    /// The same in full length, where there is more to it than every run can wait for.
    pub full: Option<Run>,
}

/// What a suite does.
pub type Run = fn(&Workspace) -> Result<(), SuiteError>;

impl Suite {
    /// What is run at that length.
    pub fn at(&self, length: Length) -> Run {
        match length {
            Length::Usual => self.run,
            Length::Full => self.full.unwrap_or(self.run),
        }
    }
}

/// How long suites run that can run longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// As often as every run can wait for.
    Usual,
    /// As often as it takes to meet what is rare.
    Full,
}

impl Length {
    /// How long a suite may take before it counts as one that never ends, cold builds included.
    pub const fn patience(self) -> Duration {
        match self {
            Self::Usual => Duration::from_mins(30),
            Self::Full => Duration::from_hours(3),
        }
    }
}

/// Whether a suite runs without being named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In every run.
    Always,
    /// Only when named, because it needs what not every machine has: the text says what.
    OnRequest(&'static str),
}

/// Why a suite failed or could not run.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// A program failed; its output says why.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// A house rule is broken.
    #[error(transparent)]
    Tidy(#[from] TidyError),
    /// The browser's half could not be built within its budget.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// A tool that the suite needs could not be installed.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// There is nowhere to keep what is slow to make.
    #[error(transparent)]
    Cache(#[from] cache::Error),
    /// Debian packages are missing; the message has the command that installs them.
    #[error(transparent)]
    Packages(#[from] packages::Error),
    /// Postgres could not be started.
    #[error(transparent)]
    Postgres(#[from] postgres::Error),
    /// The Kubernetes control plane could not be built.
    #[error(transparent)]
    ControlPlane(#[from] BinariesError),
    /// The Kubernetes control plane could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The Kubernetes control plane did not run as it should.
    #[error(transparent)]
    Cluster(#[from] control_plane::Error),
    /// A kubeconfig for the control plane could not be made.
    #[error(transparent)]
    Kubeconfig(#[from] control_plane::ClusterError),
    /// The fake kubelet could not be built.
    #[error(transparent)]
    Kubelet(#[from] kubelet::Error),
    /// This machine cannot run a real node; the message says what it lacks.
    #[error(transparent)]
    Node(#[from] node::Error),
    /// There is no browser.
    #[error(transparent)]
    Chromium(#[from] chromium::Absent),
    /// There is nothing that gives a program a clock of its own.
    #[error(transparent)]
    Faketime(#[from] faketime::Absent),
    /// The database of advisories could not be fetched.
    #[error("the advisory database could not be fetched, so nothing was checked")]
    NoDatabase(#[source] CommandError),
}
