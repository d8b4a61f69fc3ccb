//! What a person says beside the target, and within which bounds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{InvalidRequest, MOST_PODS};

/// The parameters of an action, by name.
pub type Parameters = Map<String, Value>;

/// A parameter that an action takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the API.
    pub name: &'static str,
    /// What it may be.
    pub bounds: Bounds,
    /// Whether the action needs it.
    pub needed: Needed,
}

/// Whether an action needs a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    /// Without it the action says nothing.
    Always,
    /// Left out, that part of the target stays as it is.
    OrStays,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Bounds {
    /// A whole number, both ends included.
    Integer {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A Kubernetes quantity such as `250m` or `512Mi`, greater than nothing.
    Quantity,
    /// The name of one of the target's containers.
    Container,
    /// The number of one of the target's earlier revisions.
    Revision,
    /// The names of some of the target's pods.
    Pods,
    /// What becomes of pods that lose something for good: they [stay](STAY), or are [lost](LOSE) all the same.
    StayOrLose,
}

/// They stay where they are.
pub const STAY: &str = "stay";
/// They are taken away, and with them what they hold.
pub const LOSE: &str = "lose";

/// The longest text that a parameter may be, in bytes.
const TEXT_MAX: usize = 253;

impl Parameter {
    /// A parameter that is needed.
    #[must_use]
    pub const fn needed(name: &'static str, bounds: Bounds) -> Self {
        Self { name, bounds, needed: Needed::Always }
    }

    /// A parameter that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, bounds: Bounds) -> Self {
        Self { name, bounds, needed: Needed::OrStays }
    }

    fn check(&self, value: &Value) -> Result<(), InvalidRequest> {
        if self.bounds.hold(value) {
            return Ok(());
        }
        Err(InvalidRequest::Parameter { name: self.name.to_owned(), rule: self.bounds.rule() })
    }
}

impl Bounds {
    /// What it must be, in words.
    #[must_use]
    pub fn rule(self) -> String {
        match self {
            Self::Integer { least, most } => format!("a whole number from {least} to {most}"),
            Self::Quantity => "a quantity above nothing, such as 250m or 512Mi".to_owned(),
            Self::Container => "the name of one of its containers".to_owned(),
            Self::Revision => "the number of one of its earlier revisions".to_owned(),
            Self::Pods => format!("the names of 1 to {MOST_PODS} of its pods, each once"),
            Self::StayOrLose => format!("`{STAY}` or `{LOSE}`"),
        }
    }

    fn hold(self, value: &Value) -> bool {
        match self {
            Self::Integer { least, most } => {
                value.as_i64().is_some_and(|number| (least..=most).contains(&number))
            }
            Self::Quantity => value.as_str().is_some_and(is_quantity),
            Self::Container => {
                value.as_str().is_some_and(|text| (1..=TEXT_MAX).contains(&text.len()))
            }
            Self::Revision => value.as_i64().is_some_and(|number| number > 0),
            Self::Pods => value.as_array().is_some_and(|names| are_names(names)),
            Self::StayOrLose => [STAY, LOSE].iter().any(|fate| value == fate),
        }
    }

    /// The value that a text from a form or an address stands for; the text itself where it stands for none.
    #[must_use]
    pub fn read(self, text: &str) -> Value {
        match self {
            Self::Integer { .. } | Self::Revision => {
                text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
            }
            Self::Pods => text.split([',', ' ']).filter(|it| !it.is_empty()).collect(),
            Self::Quantity | Self::Container | Self::StayOrLose => Value::from(text),
        }
    }
}

fn are_names(names: &[Value]) -> bool {
    let distinct: BTreeSet<_> = names.iter().filter_map(Value::as_str).collect();
    (1..=MOST_PODS).contains(&names.len())
        && distinct.len() == names.len()
        && distinct.iter().all(|name| (1..=TEXT_MAX).contains(&name.len()))
}

/// Whether a text is a Kubernetes quantity above nothing, in the forms that people write.
fn is_quantity(text: &str) -> bool {
    const SUFFIXES: [&str; 13] =
        ["", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi"];
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[digits.len()..];
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    text.len() <= 20
        && number(whole)
        && number(part)
        && SUFFIXES.contains(&suffix)
        && digits.contains(|c: char| ('1'..='9').contains(&c))
}

/// Holds what a person said to what the action takes.
pub(super) fn check(taken: &[Parameter], given: &Parameters) -> Result<(), InvalidRequest> {
    for (name, value) in given {
        let parameter = taken.iter().find(|parameter| parameter.name == name).ok_or_else(|| {
            InvalidRequest::UnknownParameter { name: name.chars().take(80).collect() }
        })?;
        parameter.check(value)?;
    }
    let missing = taken.iter().find(|parameter| {
        parameter.needed == Needed::Always && !given.contains_key(parameter.name)
    });
    match missing {
        Some(Parameter { name, .. }) => {
            Err(InvalidRequest::ParameterMissing { name: (*name).to_owned() })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TAKEN: &[Parameter] = &[
        Parameter::needed("replicas", Bounds::Integer { least: 0, most: 100 }),
        Parameter::optional("memory", Bounds::Quantity),
    ];

    fn checked(given: &Value) -> Result<(), InvalidRequest> {
        check(TAKEN, given.as_object().unwrap())
    }

    #[test]
    fn what_is_within_bounds_is_taken() {
        for good in [json!({"replicas": 0}), json!({"replicas": 100, "memory": "1.5Gi"})] {
            assert_eq!(checked(&good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_not_is_named() {
        for (bad, name) in [
            (json!({"replicas": -1}), "replicas"),
            (json!({"replicas": 101}), "replicas"),
            (json!({"replicas": 1.5}), "replicas"),
            (json!({"replicas": "3"}), "replicas"),
            (json!({"replicas": null}), "replicas"),
            (json!({"replicas": 1, "memory": ""}), "memory"),
            (json!({"replicas": 1, "memory": "0"}), "memory"),
            (json!({"replicas": 1, "memory": "-1Gi"}), "memory"),
            (json!({"replicas": 1, "memory": "1 Gi"}), "memory"),
            (json!({"replicas": 1, "memory": "1Gb"}), "memory"),
            (json!({"replicas": 1, "memory": "1.Gi"}), "memory"),
        ] {
            let refused = checked(&bad).unwrap_err();
            let named =
                matches!(&refused, InvalidRequest::Parameter { name: found, .. } if found == name);
            assert!(named, "{bad}: {refused}");
        }
        let unknown = checked(&json!({"replicas": 1, "speed": 2}));
        assert_eq!(unknown, Err(InvalidRequest::UnknownParameter { name: "speed".to_owned() }));
        let missing = checked(&json!({}));
        assert_eq!(missing, Err(InvalidRequest::ParameterMissing { name: "replicas".to_owned() }));
    }
}
