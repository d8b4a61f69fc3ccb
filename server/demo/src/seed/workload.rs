//! The vocabulary in which the company is told: one row per workload.
//!
//! Never knows Kubernetes' own shapes: see `manifests`.

use super::release::Release;

/// One workload and what has become of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workload {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) replicas: u8,
    /// What runs now.
    pub(super) release: Release,
    /// What ran before, the oldest first.
    pub(super) past: &'static [Release],
    pub(super) budget: Budget,
    pub(super) scaling: Scaling,
    pub(super) trouble: Trouble,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Deployment,
    StatefulSet,
    DaemonSet,
    CronJob { schedule: &'static str },
    Job { completions: u8 },
}

/// The disruption budget beside a workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Budget {
    None,
    AtLeast(u8),
    AtMost(u8),
}

/// Who decides how many pods there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scaling {
    Fixed,
    Between(u8, u8),
}

/// What is wrong with a workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Trouble {
    None,
    /// Killed for want of memory, so many times since it was deployed.
    CrashLoop {
        restarts: u8,
    },
    /// One pod of several is killed again and again; a new one in its place is well.
    OneCrashes {
        restarts: u8,
    },
    /// No node has room.
    Pending,
    /// Its readiness probe fails.
    NeverReady,
    /// A newer image that does not exist, since so many minutes.
    StuckRollout {
        tag: &'static str,
        minutes: i64,
    },
    /// A rollout that somebody paused at its first pod, so many minutes ago.
    Paused {
        tag: &'static str,
        minutes: i64,
    },
    /// A schedule that somebody suspended so many hours ago.
    Suspended {
        hours: i64,
    },
}

impl Workload {
    const fn new(name: &'static str, shape: Shape, replicas: u8, release: Release) -> Self {
        Self {
            name,
            shape,
            replicas,
            release,
            past: &[],
            budget: Budget::None,
            scaling: Scaling::Fixed,
            trouble: Trouble::None,
        }
    }

    pub(super) const fn deployment(
        name: &'static str,
        replicas: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::Deployment, replicas, Release::new(tag, hours))
    }

    pub(super) const fn stateful(
        name: &'static str,
        replicas: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::StatefulSet, replicas, Release::new(tag, hours))
    }

    pub(super) const fn daemon(name: &'static str, tag: &'static str, hours: i64) -> Self {
        Self::new(name, Shape::DaemonSet, 0, Release::new(tag, hours))
    }

    pub(super) const fn cron(
        name: &'static str,
        schedule: &'static str,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::CronJob { schedule }, 1, Release::new(tag, hours))
    }

    /// A job that is still under way, with so many pods at once.
    pub(super) const fn job(
        name: &'static str,
        completions: u8,
        parallelism: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::Job { completions }, parallelism, Release::new(tag, hours))
    }

    pub(super) const fn memory(mut self, memory: &'static str) -> Self {
        self.release = self.release.memory(memory);
        self
    }

    pub(super) const fn env(mut self, env: &'static [(&'static str, &'static str)]) -> Self {
        self.release = self.release.env(env);
        self
    }

    pub(super) const fn after(mut self, past: &'static [Release]) -> Self {
        self.past = past;
        self
    }

    pub(super) const fn guarded(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    pub(super) const fn scaled(mut self, scaling: Scaling) -> Self {
        self.scaling = scaling;
        self
    }

    pub(super) const fn troubled(mut self, trouble: Trouble) -> Self {
        self.trouble = trouble;
        self
    }

    /// Everything that ever ran, the oldest first.
    pub(super) fn releases(&self) -> impl Iterator<Item = Release> {
        self.past.iter().copied().chain([self.release])
    }
}
