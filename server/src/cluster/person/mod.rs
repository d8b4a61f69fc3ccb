//! Speaking to a cluster as a person, one call at a time.
//!
//! The headers that impersonate are put on the request itself; the client, which everybody
//! shares, never carries any. Exactly one group is ever added: that of the permit's action.

use domain::{
    access::{Permit, Purpose},
    names::ClusterUser,
    resources::ClusterError,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use kube::{Client, client::Body};
use serde::de::DeserializeOwned;

use super::failure::within_time;

const USER: HeaderName = HeaderName::from_static("impersonate-user");
const GROUP: HeaderName = HeaderName::from_static("impersonate-group");
// A slash is illegal in a header's name: `sekisho.dev/request` is written with `%2f`.
const ACTOR: HeaderName = HeaderName::from_static("impersonate-extra-sekisho.dev%2factor");
const REQUEST: HeaderName = HeaderName::from_static("impersonate-extra-sekisho.dev%2frequest");
const APPROVERS: HeaderName = HeaderName::from_static("impersonate-extra-sekisho.dev%2fapprovers");

/// A person before a cluster.
pub(super) struct Person {
    client: Client,
    headers: HeaderMap,
}

impl Person {
    /// The person alone, with no more power than they have themselves: for looking.
    pub(super) fn looking(client: &Client, user: &ClusterUser) -> Result<Self, ClusterError> {
        Ok(Self {
            client: client.clone(),
            headers: HeaderMap::from_iter([(USER, impersonable(user.as_str())?)]),
        })
    }

    /// The person with the one group of the permit's action, and whom and what it is for.
    pub(super) fn acting<P: Purpose>(
        client: &Client,
        permit: &Permit<P>,
    ) -> Result<Self, ClusterError> {
        let scope = permit.scope();
        let mut person = Self::looking(client, &scope.cluster_user)?;
        person.says(GROUP, &scope.action.cluster_group())?;
        person.says(ACTOR, scope.actor.as_str())?;
        if let Some(request) = scope.request {
            person.says(REQUEST, &request.to_string())?;
        }
        for approver in &scope.approvers {
            person.says(APPROVERS, approver.as_str())?;
        }
        Ok(person)
    }

    fn says(&mut self, name: HeaderName, value: &str) -> Result<(), ClusterError> {
        self.headers.append(name, header(value)?);
        Ok(())
    }

    /// Reads an object of the cluster, within the time a call may take.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClusterError> {
        self.ask(Request::get(path).body(Vec::new()).map_err(malformed)?).await
    }

    /// Asks the cluster something that changes nothing, within the time a call may take.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<T, ClusterError> {
        within_time(self.client.request(self.spoken(request))).await
    }

    /// Sends one call, once. Whoever sends judges the answer and how long to wait for it.
    pub(super) async fn send(&self, request: Request<Vec<u8>>) -> kube::Result<Response<Body>> {
        let request = self.spoken(request).map(Body::from);
        self.client.send(request).await
    }

    fn spoken(&self, mut request: Request<Vec<u8>>) -> Request<Vec<u8>> {
        request.headers_mut().extend(self.headers.clone());
        request
    }
}

/// The header of a user whom the console may speak for: never nobody, never the system's own.
fn impersonable(user: &str) -> Result<HeaderValue, ClusterError> {
    if user.is_empty() || user.starts_with("system:") {
        return Err(ClusterError::Refused {
            message: format!("the console speaks for no user {user:?}"),
        });
    }
    header(user)
}

fn header(value: &str) -> Result<HeaderValue, ClusterError> {
    HeaderValue::from_str(value).map_err(malformed)
}

pub(super) fn malformed(error: impl Into<http::Error>) -> ClusterError {
    ClusterError::Unexpected { message: error.into().to_string() }
}

#[cfg(test)]
mod tests;
