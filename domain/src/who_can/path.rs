//! One path by which somebody has something.

use serde::{Deserialize, Serialize};

use super::{AskedAccess, Reach, RoleRef, Subject};
use crate::grants::{Risk, RoleRule};

/// From a subject over a binding to a role, and the rules of it that were asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPath {
    /// Whom the binding names.
    pub subject: Subject,
    /// The binding.
    pub binding: String,
    /// Where it counts.
    pub reach: Reach,
    /// The role.
    pub role: RoleRef,
    /// Its rules that answer what was asked.
    pub rules: Vec<RoleRule>,
}

impl AccessPath {
    /// The same with the rules alone that answer what is asked; none where none does.
    #[must_use]
    pub fn answering(mut self, asked: &AskedAccess) -> Option<Self> {
        self.rules.retain(|rule| asked.is_answered_by(rule));
        (!self.rules.is_empty()).then_some(self)
    }

    /// Whether it is an answer for some objects by their names, while all were asked about.
    #[must_use]
    pub fn is_for_named_alone(&self, asked: &AskedAccess) -> bool {
        asked.name.is_none() && self.rules.iter().all(|rule| !rule.resource_names.is_empty())
    }

    /// The worst that these rules let somebody do.
    #[must_use]
    pub fn risk(&self) -> Risk {
        Risk::of(&self.rules)
    }
}
