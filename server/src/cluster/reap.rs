//! Ending what has expired in a cluster whose console is dead, by its objects alone: no database, no policy, no history.
//!
//! Only ever deletes, and only what bears the grants' label. What bears it without a time that can be read was not made
//! by a console, and goes too.

use std::fmt::Debug;

use domain::{
    grants::{GRANT_LABEL, GRANTS_NAMESPACE, UNTIL_ANNOTATION},
    resources::ClusterError,
    time::Timestamp,
};
use k8s_openapi::api::{core::v1::ServiceAccount, rbac::v1::RoleBinding};
use kube::{
    Api, Client, Resource, ResourceExt,
    api::{DeleteParams, ListParams, Preconditions},
};
use serde::de::DeserializeOwned;

use super::{
    connection::{ConnectError, connect},
    failure::within_time,
    settings::{ClusterSource, ExecPlugins},
};

/// Ends what has expired in one cluster.
pub struct Reaper(Client);

/// What one round came to.
#[derive(Debug, Default)]
pub struct Reaped {
    /// What was deleted.
    pub gone: Vec<String>,
    /// What was to be deleted and stands still, and why.
    pub kept: Vec<(String, ClusterError)>,
}

impl Reaper {
    /// One that speaks as the account of its own that these settings lead to.
    pub async fn connect(source: ClusterSource) -> Result<Self, ConnectError> {
        connect(source, ExecPlugins::Refused).await.map(|(client, _)| Self(client))
    }

    /// Deletes what has expired: bindings first, then accounts. One that cannot be deleted keeps no other.
    pub async fn reap(&self, now: Timestamp) -> Result<Reaped, ClusterError> {
        let mut reaped = Reaped::default();
        let bindings: Vec<RoleBinding> = expired(&Api::all(self.0.clone()), now).await?;
        for binding in bindings {
            let namespace = binding.namespace().unwrap_or_default();
            let there = Api::<RoleBinding>::namespaced(self.0.clone(), &namespace);
            let what = format!("RoleBinding {namespace}/{}", binding.name_any());
            reaped.note(what, delete(&there, &binding).await);
        }
        let accounts = Api::<ServiceAccount>::namespaced(self.0.clone(), GRANTS_NAMESPACE);
        for account in expired(&accounts, now).await? {
            let what = format!("ServiceAccount {GRANTS_NAMESPACE}/{}", account.name_any());
            reaped.note(what, delete(&accounts, &account).await);
        }
        Ok(reaped)
    }
}

impl Reaped {
    fn note(&mut self, what: String, deleted: Result<(), ClusterError>) {
        match deleted {
            Ok(()) => self.gone.push(what),
            Err(error) => self.kept.push((what, error)),
        }
    }
}

async fn expired<K>(objects: &Api<K>, now: Timestamp) -> Result<Vec<K>, ClusterError>
where
    K: Resource + Clone + DeserializeOwned + Debug,
{
    let found = within_time(objects.list(&ListParams::default().labels(GRANT_LABEL))).await?;
    Ok(found.items.into_iter().filter(|object| has_expired(object, now)).collect())
}

fn has_expired(object: &impl ResourceExt, now: Timestamp) -> bool {
    let until = object.annotations().get(UNTIL_ANNOTATION);
    let until = until.and_then(|text| text.parse::<Timestamp>().ok());
    until.is_none_or(|until| until <= now)
}

/// That very object, and no namesake that came meanwhile.
async fn delete<K>(objects: &Api<K>, object: &K) -> Result<(), ClusterError>
where
    K: Resource + Clone + DeserializeOwned + Debug,
{
    let preconditions = Preconditions { uid: object.uid(), resource_version: None };
    let params = DeleteParams { preconditions: Some(preconditions), ..DeleteParams::background() };
    match within_time(objects.delete(&object.name_any(), &params)).await {
        Ok(answer) => match answer.left() {
            Some(kept) if !kept.finalizers().is_empty() => {
                let message = "it is to be deleted and stays: a finalizer keeps it".to_owned();
                Err(ClusterError::Unexpected { message })
            }
            _ => Ok(()),
        },
        Err(ClusterError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn annotated(until: &serde_json::Value) -> ServiceAccount {
        let annotations = json!({ UNTIL_ANNOTATION: until });
        serde_json::from_value(json!({"metadata": {"name": "a", "annotations": annotations}}))
            .unwrap()
    }

    #[test]
    fn what_has_no_time_that_can_be_read_has_expired() {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        for (until, expected) in [
            (json!("2026-01-01T00:00:00.000001Z"), false),
            (json!("2026-01-01T00:00:00.000000Z"), true),
            (json!("2025-12-31T23:59:59Z"), true),
            (json!("tomorrow"), true),
            (json!(""), true),
        ] {
            assert_eq!(has_expired(&annotated(&until), now), expected, "{until}");
        }
        assert!(has_expired(&ServiceAccount::default(), now));
    }
}
