//! One eviction on the wire, and what its answer means.
//!
//! The call is written here and not by `kube`'s `evict`, which names the delete options in a way
//! the API server ignores, preconditions included. It carries no `apiVersion`: 1.20 wants
//! policy/v1beta1, later releases policy/v1, and both fill in their own.

use std::time::Duration;

use domain::{actions::Target, resources::ClusterError};
use http::{HeaderMap, Request, StatusCode, header::CONTENT_TYPE};
use kube::{client::Body, core::Status};
use serde_json::{Value, json};
use tokio::time::{error::Elapsed, timeout};

use super::sending::never_left;
use crate::cluster::{
    failure::{chain, meaning_of_status},
    person::{Person, malformed},
};

/// After this the API server itself gives a call up: less than the margin in which an answer may still be on its way.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(8);

/// Whether an eviction is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode<'a> {
    /// Only asks what the cluster would say.
    DryRun,
    /// Is meant, and only for the pod in this very version.
    Of {
        /// The version that was compared with what was approved.
        resource_version: &'a str,
    },
}

/// What became of an eviction.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The cluster accepted it.
    Accepted {
        /// The `Audit-Id` of the call.
        audit_id: Option<String>,
    },
    /// A disruption budget has no room, in the cluster's own words.
    Budget(String),
    /// There is no such pod.
    Gone,
    /// The pod has another UID or version.
    Conflict(String),
    /// Refused or never sent: nothing was done.
    Refused(ClusterError),
    /// Sent, and nobody knows what became of it.
    Unknown(String),
}

/// Sends one eviction of that very pod, once, and waits so long for the answer.
pub(super) async fn evict(
    person: &Person,
    pod: &Target,
    mode: Mode<'_>,
    patience: Duration,
) -> Answer {
    let request = match request(pod, mode) {
        Ok(request) => request,
        Err(error) => return Answer::Refused(error),
    };
    let call = async {
        let response = person.send(request).await?;
        let (head, body) = response.into_parts();
        Ok((head.status, head.headers, text(body).await))
    };
    match timeout(patience, call).await {
        Ok(Ok((status, headers, body))) => judge(status, &headers, body),
        Ok(Err(error)) if never_left(&error) => {
            Answer::Refused(ClusterError::Unreachable { message: chain(&error) })
        }
        Ok(Err(error)) => Answer::Unknown(chain(&error)),
        Err(Elapsed { .. }) => Answer::Unknown(format!("no answer within {patience:?}")),
    }
}

fn request(pod: &Target, mode: Mode<'_>) -> Result<Request<Vec<u8>>, ClusterError> {
    let options = match mode {
        Mode::DryRun => json!({"preconditions": {"uid": pod.uid}, "dryRun": ["All"]}),
        Mode::Of { resource_version } => {
            json!({"preconditions": {"uid": pod.uid, "resourceVersion": resource_version}})
        }
    };
    let eviction: Value = json!({
        "metadata": {"name": pod.name, "namespace": pod.namespace},
        "deleteOptions": options,
    });
    // In the address as well, so that the cluster's own audit log tells the one from the other.
    let meant = match mode {
        Mode::DryRun => "&dryRun=All",
        Mode::Of { .. } => "",
    };
    let path = format!(
        "/api/v1/namespaces/{}/pods/{}/eviction?timeout={}s{meant}",
        pod.namespace,
        pod.name,
        GIVEN_UP_AFTER.as_secs()
    );
    Request::post(path)
        .header(CONTENT_TYPE, "application/json")
        .body(eviction.to_string().into_bytes())
        .map_err(malformed)
}

async fn text(body: Body) -> Option<Status> {
    let bytes = body.collect_bytes().await.ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// An answer may be a refusal inside a success: 1.20 writes that a pod has two budgets as a 201.
fn judge(code: StatusCode, headers: &HeaderMap, body: Option<Status>) -> Answer {
    let Some(mut status) = body else {
        return match code {
            _ if code.is_client_error() => {
                Answer::Refused(ClusterError::Unexpected { message: code.to_string() })
            }
            _ => Answer::Unknown(format!("{code}, and the rest of the answer was lost")),
        };
    };
    if code.is_success() && !status.is_failure() {
        let audit_id = headers.get("audit-id").and_then(|id| id.to_str().ok());
        return Answer::Accepted { audit_id: audit_id.map(str::to_owned) };
    }
    if !code.is_success() {
        status.code = code.as_u16();
    }
    refusal(&status)
}

fn refusal(status: &Status) -> Answer {
    let causes = status.details.iter().flat_map(|details| &details.causes);
    let budget: Vec<_> = causes
        .filter(|cause| cause.reason == "DisruptionBudget")
        .map(|cause| cause.message.as_str())
        .collect();
    let words = status.message.clone();
    match status.code {
        404 => Answer::Gone,
        409 => Answer::Conflict(words),
        429 if !budget.is_empty() => Answer::Budget(format!("{words} {}", budget.join(" "))),
        500 if words.contains("more than one PodDisruptionBudget") => {
            Answer::Refused(ClusterError::Refused { message: words })
        }
        code @ 500.. => Answer::Unknown(format!("{code} {words}")),
        _ => Answer::Refused(meaning_of_status(status)),
    }
}

#[cfg(test)]
mod tests;
