//! A Kubernetes object as it stands on the wire: JSON, read and written by JSON pointers.
//!
//! Never validates; absent fields read as empty, as they do to any Kubernetes client.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::kinds::Kind;

static ABSENT: Value = Value::Null;

/// One object, with access by RFC 6901 pointers such as `/spec/nodeName`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object(Value);

impl Object {
    pub(crate) fn new(value: Value) -> Self {
        Self(value)
    }

    /// The JSON, as it goes over the wire.
    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    pub(crate) fn at(&self, pointer: &str) -> &Value {
        // Nearly all pointers are plain fields: the escapes of RFC 6901 are costly to look for each time.
        if pointer.contains('~') {
            return self.0.pointer(pointer).unwrap_or(&ABSENT);
        }
        pointer.split('/').skip(1).fold(&self.0, |value, step| match value {
            Value::Object(fields) => fields.get(step).unwrap_or(&ABSENT),
            Value::Array(items) => {
                step.parse().ok().and_then(|index: usize| items.get(index)).unwrap_or(&ABSENT)
            }
            _ => &ABSENT,
        })
    }

    pub(crate) fn has(&self, pointer: &str) -> bool {
        !self.at(pointer).is_null()
    }

    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_default()
    }

    pub(crate) fn number(&self, pointer: &str) -> i64 {
        self.at(pointer).as_i64().unwrap_or_default()
    }

    pub(crate) fn items(&self, pointer: &str) -> &[Value] {
        self.at(pointer).as_array().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn time(&self, pointer: &str) -> Option<Timestamp> {
        self.text(pointer).parse().ok()
    }

    /// Writes a value, making the objects on the way.
    pub(crate) fn set(&mut self, pointer: &str, value: impl Into<Value>) -> &mut Self {
        let mut place = &mut self.0;
        for segment in pointer.split('/').skip(1) {
            let field = segment.replace("~1", "/").replace("~0", "~");
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            place = &mut place[field];
        }
        *place = value.into();
        self
    }

    /// A value to be changed in place, if it is there. Other than `set`, this reaches into lists.
    pub(crate) fn value_mut(&mut self, pointer: &str) -> Option<&mut Value> {
        self.0.pointer_mut(pointer)
    }

    /// Takes a field of an object out, if it is there.
    pub(crate) fn remove(&mut self, parent: &str, field: &str) {
        if let Some(Value::Object(parent)) = self.0.pointer_mut(parent) {
            parent.remove(field);
        }
    }

    pub(crate) fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        self.set(pointer, value);
        self
    }

    pub(crate) fn name(&self) -> &str {
        self.text("/metadata/name")
    }

    pub(crate) fn namespace(&self) -> &str {
        self.text("/metadata/namespace")
    }

    pub(crate) fn uid(&self) -> &str {
        self.text("/metadata/uid")
    }

    pub(crate) fn is_terminating(&self) -> bool {
        self.has("/metadata/deletionTimestamp")
    }

    /// The value of a label, or an empty text.
    pub(crate) fn label(&self, name: &str) -> &str {
        self.at("/metadata/labels").get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value of an annotation, or an empty text.
    pub(crate) fn annotation(&self, name: &str) -> &str {
        self.at("/metadata/annotations").get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The UID of the owner that controls this object, or an empty text.
    pub(crate) fn controller(&self) -> &str {
        self.items("/metadata/ownerReferences")
            .iter()
            .find(|owner| owner["controller"] == true)
            .and_then(|owner| owner["uid"].as_str())
            .unwrap_or_default()
    }

    /// A reference that makes this object the controller of another.
    pub(crate) fn as_owner(&self, kind: &Kind) -> Value {
        json!({
            "apiVersion": kind.api_version(),
            "kind": kind.name,
            "name": self.name(),
            "uid": self.uid(),
            "controller": true,
            "blockOwnerDeletion": true,
        })
    }

    /// Whether a condition of the status is `True`.
    pub(crate) fn is_true(&self, condition: &str) -> bool {
        self.items("/status/conditions")
            .iter()
            .any(|item| item["type"] == condition && item["status"] == "True")
    }
}
