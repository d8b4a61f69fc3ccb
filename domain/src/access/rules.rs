//! The port to the rules of the policy repository.

use serde::{Deserialize, Serialize};

use super::{Act, Resource};
use crate::{policy::Person, time::Timestamp};

/// May this person do this to that?
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who asks.
    pub person: &'a Person,
    /// What for.
    pub act: Act,
    /// To what.
    pub resource: &'a Resource,
    /// When.
    pub at: Timestamp,
}

/// The name of a rule, as the policy repository annotates it.
pub type RuleName = String;

/// What the rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// They allow it.
    Allowed {
        /// The rules that do.
        by: Vec<RuleName>,
    },
    /// They refuse it.
    Refused {
        /// The rules that forbid it; none when nothing allows it.
        by: Vec<RuleName>,
    },
}

impl Verdict {
    /// Whether they allow it.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// The rules of the policy in force. They answer; they hand out nothing.
pub trait Rules: Send + Sync {
    /// Answers a question. A rule that cannot be evaluated refuses.
    fn decide(&self, question: Question<'_>) -> Verdict;
}
