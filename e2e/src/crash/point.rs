//! Where a console may be killed.

use std::fmt;

use clap::ValueEnum;

/// A moment in the life of a request at which the console is killed, in the order of that life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum CrashPoint {
    /// Nothing of the approval stands: it can be given again.
    BeforeApprovalCommit,
    /// The approval stands although nobody was told: the request can be executed.
    AfterApprovalCommit,
    /// No intent, no effect: the request is approved as before.
    BeforeIntentCommit,
    /// The kill races the commit: either all of the intent stands or nothing of it, and no effect in both cases.
    DuringIntentCommit,
    /// The intent stands and nothing was sent: settled as failed without effect.
    AfterIntentCommit,
    /// The call is under way and its answer not heard: settled by what the cluster shows, never invented.
    DuringEffect,
    /// The cluster accepted and nobody wrote it down: settled as unknown.
    AfterEffect,
    /// The cluster was heard: the outcome is observed by the next console.
    AfterAcceptedCommit,
    /// The outcome was seen and not written: the next console sees it too.
    BeforeOutcomeCommit,
    /// The outcome stands: the next console has nothing to do.
    AfterOutcomeCommit,
    /// The word for a wave stands and nothing of it was sent: the next console sends it under a word of its own.
    AfterWaveIntentCommit,
}

impl CrashPoint {
    /// Whether only what goes in waves comes to it.
    #[must_use]
    pub fn is_of_waves(self) -> bool {
        self == Self::AfterWaveIntentCommit
    }

    /// Whether the request may still be waiting for its execution afterwards.
    #[must_use]
    pub fn may_leave_unexecuted(self) -> bool {
        self <= Self::DuringIntentCommit
    }
}

impl fmt::Display for CrashPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value().expect("no point is hidden");
        f.write_str(value.get_name())
    }
}
