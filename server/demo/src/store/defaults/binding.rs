//! The API group that a binding need not name: that of RBAC itself, for the role as for people and groups.
//!
//! Never names one for an account, which has none.

use serde_json::{Value, json};

use crate::{kinds, object::Object};

pub(super) fn fill(binding: &mut Object) {
    let group = kinds::ROLE.group;
    if binding.text("/roleRef/apiGroup").is_empty() {
        binding.set("/roleRef/apiGroup", group);
    }
    let subjects = binding.value_mut("/subjects").and_then(Value::as_array_mut);
    for subject in subjects.into_iter().flatten() {
        let is_somebody = matches!(subject["kind"].as_str(), Some("User" | "Group"));
        if is_somebody && subject["apiGroup"].as_str().is_none_or(str::is_empty) {
            subject["apiGroup"] = json!(group);
        }
    }
}
