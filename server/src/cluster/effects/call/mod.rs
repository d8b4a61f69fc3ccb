//! One call that changes something, or asks what would change, and what its answer means.
//!
//! Calls are written here and not by `kube`'s own `evict` and `patch`: those name the delete options in a way the API
//! server ignores, preconditions included, and do not tell a call that never left from one whose answer was lost.

mod answer;
mod write;

use std::time::Duration;

use domain::{
    actions::{Change, PodPin, Target},
    names::{Namespace, ObjectName},
    resources::ClusterError,
};
use kube::client::Body;
use serde_json::Value;
use tokio::time::{error::Elapsed, timeout};

use super::sending::never_left;
use crate::cluster::{failure::chain, person::Person, places::Place};

pub(super) use answer::Answer;

/// After this the API server itself gives a call up: less than the margin in which an answer may still be on its way.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(8);

/// Whether a call is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode<'a> {
    /// Only asks what the cluster would say.
    DryRun,
    /// Is meant, and only for the object in this very version.
    Of {
        /// The version that was compared with what was approved.
        resource_version: &'a str,
    },
    /// Is meant, for the very object in whatever version.
    Whatever,
}

/// One very object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    pub(super) namespace: &'a Namespace,
    pub(super) name: &'a ObjectName,
    pub(super) uid: &'a str,
}

impl<'a> From<&'a Target> for Named<'a> {
    fn from(target: &'a Target) -> Self {
        Self { namespace: &target.namespace, name: &target.name, uid: &target.uid }
    }
}

impl<'a> From<&'a PodPin> for Named<'a> {
    fn from(pod: &'a PodPin) -> Self {
        Self { namespace: &pod.namespace, name: &pod.name, uid: &pod.uid }
    }
}

/// A change of one very object, and where it is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    /// The target.
    pub(super) target: Named<'a>,
    /// What is changed about it.
    pub(super) change: &'a Change,
    /// Where the kind is served that is written: the target's, or that of what is made.
    pub(super) place: Place,
}

impl Call<'_> {
    /// Sends the call, once, and waits so long for the answer.
    pub(super) async fn send(&self, person: &Person, mode: Mode<'_>, patience: Duration) -> Answer {
        let request = match self.write(mode) {
            Ok(request) => request,
            Err(error) => return Answer::Refused(error),
        };
        let call = async {
            let response = person.send(request).await?;
            let (head, body) = response.into_parts();
            Ok((head.status, head.headers, json(body).await))
        };
        match timeout(patience, call).await {
            Ok(Ok((status, headers, body))) => Answer::judge(status, &headers, body),
            Ok(Err(error)) if never_left(&error) => {
                Answer::Refused(ClusterError::Unreachable { message: chain(&error) })
            }
            Ok(Err(error)) => Answer::Unknown(chain(&error)),
            Err(Elapsed { .. }) => Answer::Unknown(format!("no answer within {patience:?}")),
        }
    }
}

async fn json(body: Body) -> Option<Value> {
    let bytes = body.collect_bytes().await.ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests;
