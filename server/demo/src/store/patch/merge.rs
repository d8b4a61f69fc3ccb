//! JSON merge patch (RFC 7396).
//!
//! Never fails: everything can be merged into everything.

use serde_json::{Map, Value};

/// Merges a patch into a target: `null` removes, objects merge, everything else replaces.
pub(super) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (field, value) in patch {
            if value.is_null() {
                target.remove(field);
            } else {
                merge(target.entry(field.clone()).or_insert(Value::Null), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patches_merge_as_rfc_7396_says() {
        let mut target = json!({ "a": "b", "c": { "d": "e", "f": "g" }, "list": [1, 2] });
        merge(
            &mut target,
            &json!({ "a": "z", "c": { "f": null, "new": { "x": null } }, "list": [3] }),
        );
        assert_eq!(target, json!({ "a": "z", "c": { "d": "e", "new": {} }, "list": [3] }));
    }
}
