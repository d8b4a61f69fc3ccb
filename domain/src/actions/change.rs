//! What an action changes, as one call to the API server says it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Evictions, InvalidRequest, TargetKind};
use crate::canonical::{Digest, NotCanonical};

/// What is changed: by one call, or pod by pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Evicts the pod through the Eviction API, so that disruption budgets are honoured.
    Evict,
    /// Deletes the target. Its pods, where it keeps any, are deleted in the background.
    Delete {
        /// How long it may take to end, in seconds; absent: as its own spec says.
        grace_seconds: Option<u32>,
    },
    /// Merges a patch (RFC 7396) into the target, if it is still in the version that was compared.
    Patch {
        /// Where the patch is sent.
        part: Part,
        /// The patch.
        patch: Value,
    },
    /// Makes an object beside the target, under a name that derives from the request.
    Create {
        /// Its kind.
        kind: TargetKind,
        /// The object.
        object: Value,
    },
    /// Evicts pods, some at a time, each by a call of its own.
    Evictions(Evictions),
}

/// Where a patch is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// To the object itself.
    Whole,
    /// To its `scale` subresource.
    Scale,
}

impl Change {
    /// The patch that makes of an object what is wanted.
    pub fn towards(before: &Value, wanted: &Value) -> Result<Self, InvalidRequest> {
        Self::of(Part::Whole, difference(before, wanted))
    }

    /// The patch of the `scale` subresource that asks for so many replicas.
    pub fn scale(object: &Value, replicas: &Value) -> Result<Self, InvalidRequest> {
        let mut wanted = object.clone();
        wanted["spec"]["replicas"] = replicas.clone();
        Self::of(Part::Scale, difference(object, &wanted))
    }

    /// SHA-256 over the canonical JSON of what is sent, marked `sekisho/change/v1`.
    ///
    /// # Errors
    /// [`NotCanonical`] where the object holds a floating-point number; the API's own specs hold none.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            change: &'a Change,
        }
        Digest::of_canonical(&Versioned { r#type: "sekisho/change/v1", change: self })
    }

    /// The pods that it takes away one by one, if it does.
    #[must_use]
    pub const fn evictions(&self) -> Option<&Evictions> {
        match self {
            Self::Evictions(evictions) => Some(evictions),
            _ => None,
        }
    }

    /// The call that is made first; none where pods are taken away and nothing comes before the first.
    #[must_use]
    pub fn first_call(&self) -> Option<Self> {
        match self {
            Self::Evictions(evictions) => {
                let patch = evictions.first.clone()?;
                Some(Self::Patch { part: Part::Whole, patch })
            }
            change => Some(change.clone()),
        }
    }

    fn of(part: Part, patch: Value) -> Result<Self, InvalidRequest> {
        if is_empty(&patch) {
            return Err(InvalidRequest::NothingToChange);
        }
        Ok(Self::Patch { part, patch })
    }
}

/// The merge patch (RFC 7396) that leads from one value to another.
fn difference(before: &Value, after: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return after.clone();
    };
    let mut patch = Map::new();
    for (name, value) in after {
        match before.get(name) {
            Some(old) if old == value => {}
            Some(old) => drop(patch.insert(name.clone(), difference(old, value))),
            None => drop(patch.insert(name.clone(), value.clone())),
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        patch.insert(name.clone(), Value::Null);
    }
    Value::Object(patch)
}

fn is_empty(patch: &Value) -> bool {
    patch.as_object().is_some_and(Map::is_empty)
}

/// The value with a merge patch (RFC 7396) merged into it.
#[must_use]
pub fn merged(value: &Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut merged_into = value.as_object().cloned().unwrap_or_default();
    for (name, change) in patch {
        if change.is_null() {
            merged_into.remove(name);
        } else {
            let old = merged_into.remove(name).unwrap_or_default();
            merged_into.insert(name.clone(), merged(&old, change));
        }
    }
    Value::Object(merged_into)
}

/// Whether a value is already as a merge patch wants it. What the patch takes away may be missing with all that held it:
/// the API server leaves out what is empty.
#[must_use]
pub fn holds(value: &Value, patch: &Value) -> bool {
    let Value::Object(patch) = patch else { return value == patch };
    value.is_object()
        && patch.iter().all(|(name, change)| match value.get(name) {
            Some(value) => holds(value, change),
            None => takes_away_only(change),
        })
}

fn takes_away_only(patch: &Value) -> bool {
    let takes = |patch: &Map<_, _>| !patch.is_empty() && patch.values().all(takes_away_only);
    patch.is_null() || patch.as_object().is_some_and(takes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Objects as the API server writes them: without nulls, which merge patches cannot set.
    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<bool>().prop_map(Value::from), (0..5).prop_map(Value::from)];
        let tree = leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-d]", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        });
        prop::collection::btree_map("[a-d]", tree, 0..4)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn the_patch_leads_to_what_was_wanted(before in tree(), wanted in tree()) {
            match Change::towards(&before, &wanted) {
                Ok(Change::Patch { patch, .. }) => {
                    prop_assert_eq!(merged(&before, &patch), wanted.clone());
                    prop_assert!(holds(&wanted, &patch) && !holds(&before, &patch));
                }
                refused => {
                    prop_assert_eq!(refused, Err(InvalidRequest::NothingToChange));
                    prop_assert_eq!(before, wanted);
                }
            }
        }
    }

    #[test]
    fn what_is_not_wanted_is_taken_away_and_lists_are_replaced_whole() {
        let before = json!({"a": {"b": 1, "c": 2}, "l": [1, 2]});
        let wanted = json!({"a": {"b": 1}, "l": [1]});
        let change = Change::towards(&before, &wanted).unwrap();
        let patch = json!({"a": {"c": null}, "l": [1]});
        assert_eq!(change, Change::Patch { part: Part::Whole, patch });
    }

    #[test]
    fn what_was_taken_away_may_be_missing_with_what_held_it() {
        let patch = json!({"metadata": {"annotations": {"kept": null}, "labels": {"app": "api"}}});
        assert!(holds(&json!({"metadata": {"labels": {"app": "api"}}}), &patch));
        assert!(!holds(&json!({"metadata": {"labels": {}}}), &patch));
        let kept = json!({"metadata": {"annotations": {"kept": "1"}, "labels": {"app": "api"}}});
        assert!(!holds(&kept, &patch));
    }
}
