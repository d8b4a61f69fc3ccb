//! Label selectors as rows keep them.

use std::collections::BTreeMap;

use domain::resources::LabelExpression;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

/// A selector, taken apart.
pub(super) struct Selector {
    pub(super) match_labels: BTreeMap<String, String>,
    pub(super) expressions: Vec<LabelExpression>,
}

impl Selector {
    /// The selector that no object meets: a label that must have one of no values.
    pub(super) fn of_nothing() -> Self {
        Self {
            match_labels: BTreeMap::new(),
            expressions: vec![LabelExpression {
                key: String::new(),
                operator: "In".to_owned(),
                values: Vec::new(),
            }],
        }
    }

    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.match_labels.is_empty() && self.expressions.is_empty()
    }
}

impl From<LabelSelector> for Selector {
    fn from(selector: LabelSelector) -> Self {
        Self {
            match_labels: selector.match_labels.unwrap_or_default(),
            expressions: selector
                .match_expressions
                .unwrap_or_default()
                .into_iter()
                .map(expression)
                .collect(),
        }
    }
}

fn expression(requirement: LabelSelectorRequirement) -> LabelExpression {
    LabelExpression {
        key: requirement.key,
        operator: requirement.operator,
        values: requirement.values.unwrap_or_default(),
    }
}
