//! What every store port can fail with.

/// The store did not do what was asked. Unless it says [`InDoubt`](Self::InDoubt), nothing of it was committed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is locked, full, away or broken.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database was lost while it committed: the change stands whole or not at all, and only
    /// reading it again tells which.
    #[error("the database did not say whether it committed: {0}")]
    InDoubt(String),
    /// The cursor is none that a list handed out.
    #[error("the cursor is not valid")]
    BadCursor,
    /// What was read makes no sense.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
}
