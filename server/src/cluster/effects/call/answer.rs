//! What the cluster's answer to a call means.

use domain::{actions::EffectError, resources::ClusterError};
use http::{HeaderMap, StatusCode};
use kube::core::Status;
use serde_json::Value;

use crate::cluster::failure::meaning_of_status;

/// What became of a call.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cluster::effects) enum Answer {
    /// The cluster accepted it.
    Accepted {
        /// The `Audit-Id` of the call.
        audit_id: Option<String>,
        /// The object as it is then; absent where the answer is a mere word.
        object: Option<Value>,
    },
    /// A disruption budget has no room, in the cluster's own words.
    Budget(String),
    /// There is no such object.
    Gone,
    /// The object has another UID or version.
    Conflict(String),
    /// There is one of that name already.
    Exists(String),
    /// The object would not be valid, in the cluster's own words.
    Invalid(String),
    /// Admission turned it away, in the cluster's own words.
    TurnedAway(String),
    /// Refused or never sent: nothing was done.
    Refused(ClusterError),
    /// Sent, and nobody knows what became of it.
    Unknown(String),
}

impl Answer {
    /// An answer may be a refusal inside a success: 1.20 writes that a pod has two budgets as a 201.
    pub(super) fn judge(code: StatusCode, headers: &HeaderMap, body: Option<Value>) -> Self {
        let Some(body) = body.filter(Value::is_object) else {
            return match code {
                _ if code.is_client_error() => {
                    Self::Refused(ClusterError::Unexpected { message: code.to_string() })
                }
                _ => Self::Unknown(format!("{code}, and the rest of the answer was lost")),
            };
        };
        let word = (body["kind"] == "Status")
            .then(|| serde_json::from_value::<Status>(body.clone()).ok())
            .flatten();
        if code.is_success() && !word.as_ref().is_some_and(Status::is_failure) {
            let audit_id = headers.get("audit-id").and_then(|id| id.to_str().ok());
            let object = word.is_none().then_some(body);
            return Self::Accepted { audit_id: audit_id.map(str::to_owned), object };
        }
        let Some(mut status) = word else {
            return Self::Unknown(format!("{code}, and no word about it"));
        };
        if !code.is_success() {
            status.code = code.as_u16();
        }
        Self::of_refusal(&status)
    }

    /// That the effect took place, with the `Audit-Id` of the call and the object as it is then; or how it did not.
    /// `budgets` names those that refuse.
    pub(in crate::cluster::effects) fn took_place(
        self,
        budgets: impl FnOnce() -> Vec<String>,
    ) -> Result<(Option<String>, Option<Value>), EffectError> {
        Err(match self {
            Self::Accepted { audit_id, object } => return Ok((audit_id, object)),
            // Another object has its name, or none.
            Self::Gone | Self::Conflict(_) => EffectError::Drifted,
            Self::Budget(message) => EffectError::Budget { names: budgets(), message },
            Self::Exists(message) | Self::Invalid(message) | Self::TurnedAway(message) => {
                EffectError::Refused(ClusterError::Refused { message })
            }
            Self::Refused(error) => EffectError::Refused(error),
            Self::Unknown(message) => EffectError::Unknown { message },
        })
    }

    fn of_refusal(status: &Status) -> Self {
        let causes = status.details.iter().flat_map(|details| &details.causes);
        let budget: Vec<_> = causes
            .filter(|cause| cause.reason == "DisruptionBudget")
            .map(|cause| cause.message.as_str())
            .collect();
        let words = status.message.clone();
        match status.code {
            404 => Self::Gone,
            409 if status.reason == "AlreadyExists" => Self::Exists(words),
            409 => Self::Conflict(words),
            422 => Self::Invalid(words),
            429 if !budget.is_empty() => Self::Budget(format!("{words} {}", budget.join(" "))),
            500 if words.contains("more than one PodDisruptionBudget") => {
                Self::Refused(ClusterError::Refused { message: words })
            }
            // What a webhook that says no answers with unless it chooses otherwise.
            400 | 406 | 413 | 415 => Self::TurnedAway(words),
            code @ 500.. => Self::Unknown(format!("{code} {words}")),
            _ => Self::Refused(meaning_of_status(status)),
        }
    }
}
