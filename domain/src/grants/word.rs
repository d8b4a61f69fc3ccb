//! The words given before anything is made or taken away in a cluster. Made only by committing.

use super::{Activation, Grant, GrantBody, GrantState, Piece};
use crate::{audit::Entry, canonical::Digest, names::Login, time::Timestamp};

/// Proof that the word to make a grant stands in the audit log. Consumed by making it.
///
/// ```compile_fail
/// fn twice(word: domain::grants::CommittedActivation) {
///     let _copy = word.clone();
/// }
/// ```
#[derive(Debug)]
#[must_use = "a word that is not kept must be settled"]
pub struct CommittedActivation {
    grant: Grant,
    activation: Activation,
    sequence: u64,
}

impl CommittedActivation {
    /// After the store committed, as this entry, that the grant is to be made.
    pub(crate) fn committed(grant: &Grant, entry: &Entry) -> Option<Self> {
        let GrantState::Activating(activation) = grant.state else { return None };
        Some(Self { grant: grant.clone(), activation, sequence: entry.sequence })
    }

    /// What is to be made.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// What was signed.
    #[must_use]
    pub fn body(&self) -> &GrantBody {
        &self.grant.body
    }

    /// What signatures commit to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.grant.digest
    }

    /// Who approved it.
    #[must_use]
    pub fn approvers(&self) -> Vec<Login> {
        self.grant.approvers()
    }

    /// After this nothing may be made any more.
    #[must_use]
    pub fn deadline(&self) -> Timestamp {
        self.activation.deadline
    }

    /// When it ends by itself.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.activation.until
    }

    /// Its place in the audit log.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

/// Proof that the word to take something away stands in the audit log, and what.
#[derive(Debug)]
pub struct CommittedRemoval {
    pieces: Vec<Piece>,
    uid: Option<String>,
}

impl CommittedRemoval {
    /// What stands for a grant that was committed to end.
    pub(crate) fn ending(grant: &Grant) -> Option<Self> {
        let pieces = grant.pieces().into();
        matches!(grant.state, GrantState::Ending(_)).then_some(Self { pieces, uid: None })
    }

    /// What no grant explains, after the store committed the entry that says so.
    pub(crate) fn unexplained(piece: Piece, uid: &str, _entry: &Entry) -> Self {
        Self { pieces: vec![piece], uid: Some(uid.to_owned()) }
    }

    /// The one object that is meant, where another by its name is not.
    #[must_use]
    pub fn uid(&self) -> Option<&str> {
        self.uid.as_deref()
    }

    /// What may be taken away, in that order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}
