//! Taking away, and looking whether it is gone.

use domain::{
    grants::{CommittedRemoval, GRANTS_NAMESPACE, Piece},
    resources::ClusterError,
};
use k8s_openapi::api::{core::v1::ServiceAccount, rbac::v1::RoleBinding};
use kube::{
    Api, Client, Resource,
    api::{DeleteParams, Preconditions},
};
use serde::de::DeserializeOwned;

use crate::cluster::failure::within_time;

/// Takes each piece away in its order. One that stays keeps no other, unless nobody answers; the first that stayed is told.
pub(super) async fn take(client: &Client, word: &CommittedRemoval) -> Result<(), ClusterError> {
    let mut trouble = Ok(());
    for piece in word.pieces() {
        let gone = match piece {
            Piece::Binding { namespace, name } => {
                let bindings: Api<RoleBinding> =
                    Api::namespaced(client.clone(), namespace.as_str());
                remove(&bindings, name, word.uid()).await
            }
            Piece::Account { name } => {
                let accounts: Api<ServiceAccount> =
                    Api::namespaced(client.clone(), GRANTS_NAMESPACE);
                remove(&accounts, name, word.uid()).await
            }
        };
        let is_silent = matches!(gone, Err(ClusterError::Unreachable { .. }));
        trouble = trouble.and(gone);
        if is_silent {
            break;
        }
    }
    trouble
}

/// Deletes an object of that name, if there is one and it is the one that is meant, and looks whether it is gone: a
/// finalizer may keep it, and it counts for as long as it is there.
async fn remove<K>(objects: &Api<K>, name: &str, uid: Option<&str>) -> Result<(), ClusterError>
where
    K: Resource + Clone + DeserializeOwned + std::fmt::Debug,
{
    let preconditions =
        uid.map(|uid| Preconditions { uid: Some(uid.to_owned()), resource_version: None });
    let meant = DeleteParams { preconditions, ..DeleteParams::background() };
    let deleted = within_time(objects.delete(name, &meant)).await.map(drop);
    match deleted {
        Err(ClusterError::NotFound) => return Ok(()),
        // Perhaps another stands there by its name.
        Ok(()) | Err(ClusterError::Unexpected { .. }) => {}
        Err(_) => return deleted,
    }
    let found = within_time(objects.get_opt(name)).await?;
    let is_meant = |found: &K| uid.is_none_or(|uid| found.meta().uid.as_deref() == Some(uid));
    if !found.as_ref().is_some_and(is_meant) {
        return Ok(());
    }
    deleted?;
    let message = format!("{name} is to be deleted and stays: a finalizer keeps it");
    Err(ClusterError::Unexpected { message })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use http::Method;
    use serde_json::{Value, json};

    use super::*;
    use crate::cluster::testkit::{Call, Reply, cluster};

    /// What is left of an account by that UID where this one is meant to go.
    async fn left_where(meant: Option<&str>) -> Option<Value> {
        let account = json!({"metadata": {"name": "it", "uid": "there"}});
        let standing = Arc::new(Mutex::new(Some(account)));
        let kept = standing.clone();
        let (client, _) = cluster(move |call| {
            let reply = answer(&call, &mut kept.lock().unwrap());
            async { reply }
        });
        let accounts: Api<ServiceAccount> = Api::namespaced(client, GRANTS_NAMESPACE);
        remove(&accounts, "it", meant).await.unwrap();
        standing.lock().unwrap().take()
    }

    fn answer(call: &Call, standing: &mut Option<Value>) -> Reply {
        let refused = |code: u16, reason: &str| {
            (code, json!({"status": "Failure", "code": code, "message": "", "reason": reason}))
        };
        let Some(account) = standing.clone() else { return refused(404, "NotFound") };
        if call.method == Method::GET {
            return (200, account);
        }
        let meant = &call.body["preconditions"]["uid"];
        if !meant.is_null() && *meant != account["metadata"]["uid"] {
            return refused(409, "Conflict");
        }
        *standing = None;
        (200, account)
    }

    #[tokio::test]
    async fn a_namesake_of_what_is_meant_stays() {
        assert!(left_where(Some("another")).await.is_some());
        assert_eq!(left_where(Some("there")).await, None);
        assert_eq!(left_where(None).await, None);
    }
}
