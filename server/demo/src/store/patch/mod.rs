//! The patches this API takes: JSON merge patch (RFC 7396) and JSON patch (RFC 6902).
//!
//! Never applies strategic or server-side-apply patches: the API refuses them by media type.

mod json;
mod merge;

use serde_json::Value;

use self::json::Operation;
use crate::refusal::Refusal;

/// More operations than that are refused unread, as a real API server does.
const MOST_OPERATIONS: usize = 10_000;

/// A patch that was read but not applied yet.
#[derive(Debug)]
pub(crate) enum Patch {
    Merge(Value),
    Json(Vec<Operation>),
}

impl Patch {
    /// Reads a body by its media type, whose parameters do not matter.
    pub(crate) fn read(media_type: &str, body: &[u8]) -> Result<Self, Refusal> {
        match media_type.split(';').next().unwrap_or_default().trim() {
            "application/merge-patch+json" => {
                let patch = serde_json::from_slice(body);
                patch.map(Self::Merge).map_err(|_| Refusal::bad_request("Invalid JSON Patch"))
            }
            "application/json-patch+json" => {
                let operations: Vec<Value> = serde_json::from_slice(body)
                    .map_err(|error| Refusal::bad_request(error.to_string()))?;
                if operations.len() > MOST_OPERATIONS {
                    let count = operations.len();
                    let message = format!(
                        "The allowed maximum operations in a JSON patch is {MOST_OPERATIONS}, got {count}"
                    );
                    return Err(Refusal::new(413, "RequestEntityTooLarge", message));
                }
                let operations = operations.into_iter().map(serde_json::from_value);
                operations.collect::<Result<_, _>>().map(Self::Json).map_err(|error| {
                    tracing::debug!(%error, "a JSON patch has an unknown operation");
                    Refusal::unprocessable()
                })
            }
            _ => Err(Refusal::unsupported_media_type()),
        }
    }

    /// Changes a document, or refuses and says nothing of what did not fit: so does a real server.
    pub(crate) fn apply(&self, document: &Value) -> Result<Value, Refusal> {
        let mut patched = document.clone();
        match self {
            Self::Merge(patch) => merge::merge(&mut patched, patch),
            Self::Json(operations) => {
                for operation in operations {
                    operation.apply(&mut patched).map_err(|misfit| {
                        tracing::debug!(%misfit, "a JSON patch does not apply");
                        Refusal::unprocessable()
                    })?;
                }
            }
        }
        Ok(patched)
    }
}
