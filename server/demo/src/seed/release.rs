//! One version of a workload: its image, and what it was given.
//!
//! Never knows which workload it is of.

/// What was deployed at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Release {
    pub(super) tag: &'static str,
    /// When it was deployed, in hours before the start.
    pub(super) hours: i64,
    pub(super) memory: &'static str,
    pub(super) env: &'static [(&'static str, &'static str)],
}

impl Release {
    pub(super) const fn new(tag: &'static str, hours: i64) -> Self {
        Self { tag, hours, memory: "256Mi", env: &[] }
    }

    pub(super) const fn memory(mut self, memory: &'static str) -> Self {
        self.memory = memory;
        self
    }

    pub(super) const fn env(mut self, env: &'static [(&'static str, &'static str)]) -> Self {
        self.env = env;
        self
    }
}
