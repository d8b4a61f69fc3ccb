//! What else is asked for or was done around a target.

use serde::{Deserialize, Serialize};

use super::{ActionKind, Request, StateName};
use crate::{
    ids::RequestId,
    names::{Login, ObjectName},
    time::Timestamp,
};

/// Another request on the same target, or on what belongs to the same workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The request.
    pub id: RequestId,
    /// What it asks for.
    pub action: ActionKind,
    /// The name of its target; absent in evidence of a time when it was not noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ObjectName>,
    /// Who asks.
    pub requester: Login,
    /// Where it stands.
    pub state: StateName,
    /// When the word was given, if it was.
    pub acted_at: Option<Timestamp>,
}

/// What is asked for and was done around a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Requests that have not ended: those on the target, then those on what belongs to the same workload; each oldest
    /// first.
    pub open: Vec<Neighbour>,
    /// The request by which the target was last acted on.
    pub last: Option<Neighbour>,
    /// How often the tenant was acted on within the time that was asked about.
    pub acted_on_tenant: u64,
}

impl Neighbours {
    /// All but one request itself, the open ones first.
    #[must_use]
    pub fn but(self, request: Option<RequestId>) -> Vec<Neighbour> {
        let Self { open, last, .. } = self;
        let last = last.filter(|last| open.iter().all(|other| other.id != last.id));
        open.into_iter().chain(last).filter(|other| Some(other.id) != request).collect()
    }
}

impl From<&Request> for Neighbour {
    fn from(request: &Request) -> Self {
        Self {
            id: request.body.id,
            action: request.body.action,
            name: Some(request.body.target.name.clone()),
            requester: request.body.requester.clone(),
            state: request.state.name(),
            acted_at: request.state.execution().map(|execution| execution.intent.at),
        }
    }
}
