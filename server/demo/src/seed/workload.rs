//! The vocabulary in which the company is told: one row per workload.
//!
//! Never knows Kubernetes' own shapes: see `manifests`.

/// One workload and what has become of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workload {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) replicas: u8,
    pub(super) tag: &'static str,
    /// When it was deployed, in hours before the start.
    pub(super) hours: i64,
    pub(super) memory: &'static str,
    pub(super) budget: Budget,
    pub(super) trouble: Trouble,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Deployment,
    StatefulSet,
    DaemonSet,
    CronJob { schedule: &'static str },
}

/// The disruption budget beside a workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Budget {
    None,
    AtLeast(u8),
    AtMost(u8),
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
}

impl Workload {
    const fn new(
        name: &'static str,
        shape: Shape,
        replicas: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self {
            name,
            shape,
            replicas,
            tag,
            hours,
            memory: "256Mi",
            budget: Budget::None,
            trouble: Trouble::None,
        }
    }

    pub(super) const fn deployment(
        name: &'static str,
        replicas: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::Deployment, replicas, tag, hours)
    }

    pub(super) const fn stateful(
        name: &'static str,
        replicas: u8,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::StatefulSet, replicas, tag, hours)
    }

    pub(super) const fn daemon(name: &'static str, tag: &'static str, hours: i64) -> Self {
        Self::new(name, Shape::DaemonSet, 0, tag, hours)
    }

    pub(super) const fn cron(
        name: &'static str,
        schedule: &'static str,
        tag: &'static str,
        hours: i64,
    ) -> Self {
        Self::new(name, Shape::CronJob { schedule }, 1, tag, hours)
    }

    pub(super) const fn memory(mut self, memory: &'static str) -> Self {
        self.memory = memory;
        self
    }

    pub(super) const fn guarded(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    pub(super) const fn troubled(mut self, trouble: Trouble) -> Self {
        self.trouble = trouble;
        self
    }
}
