//! What is wrong with a calendar, and where.

/// Why a calendar was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct CalendarTrouble {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong there.
    pub reason: String,
}

impl CalendarTrouble {
    pub(super) fn new(line: u32, reason: impl Into<String>) -> Self {
        Self { line, reason: reason.into() }
    }
}
