//! What is wrong with one field of an object, in the words of an API server's validation.
//!
//! Never refuses anything itself: see `refusal`.

use serde_json::{Value, json};

/// One field that will not do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Complaint {
    pub(crate) field: String,
    cause: &'static str,
    text: String,
}

impl Complaint {
    pub(crate) fn invalid(field: impl Into<String>, value: &Value, why: &str) -> Self {
        let text = format!("Invalid value: {value}: {why}");
        Self { field: field.into(), cause: "FieldValueInvalid", text }
    }

    pub(crate) fn required(field: impl Into<String>, why: &str) -> Self {
        let text = if why.is_empty() {
            "Required value".to_owned()
        } else {
            format!("Required value: {why}")
        };
        Self { field: field.into(), cause: "FieldValueRequired", text }
    }

    pub(crate) fn forbidden(field: impl Into<String>, why: &str) -> Self {
        let text = format!("Forbidden: {why}");
        Self { field: field.into(), cause: "FieldValueForbidden", text }
    }

    pub(crate) fn unsupported(field: impl Into<String>, value: &Value, known: &[&str]) -> Self {
        let known: Vec<String> = known.iter().map(|value| format!("{value:?}")).collect();
        let text = format!("Unsupported value: {value}: supported values: {}", known.join(", "));
        Self { field: field.into(), cause: "FieldValueNotSupported", text }
    }

    /// The cause, as `Status` objects list it.
    pub(crate) fn cause(&self) -> Value {
        json!({ "reason": self.cause, "message": self.text, "field": self.field })
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.field, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_read_as_those_of_an_api_server() {
        let negative = "must be greater than or equal to 0";
        for (complaint, text) in [
            (
                Complaint::invalid("spec.replicas", &json!(-1), negative),
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            ),
            (Complaint::required("a", ""), "a: Required value"),
            (Complaint::forbidden("spec", "not this"), "spec: Forbidden: not this"),
            (
                Complaint::unsupported("p", &json!("x"), &["a", "b"]),
                "p: Unsupported value: \"x\": supported values: \"a\", \"b\"",
            ),
        ] {
            assert_eq!(complaint.to_string(), text);
        }
    }
}
