//! Taking away, and looking whether it is gone.

use domain::{
    grants::{CommittedRemoval, GRANTS_NAMESPACE, Piece},
    resources::ClusterError,
};
use k8s_openapi::api::{core::v1::ServiceAccount, rbac::v1::RoleBinding};
use kube::{Api, Client, Resource, api::DeleteParams};
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
                remove(&bindings, name).await
            }
            Piece::Account { name } => {
                let accounts: Api<ServiceAccount> =
                    Api::namespaced(client.clone(), GRANTS_NAMESPACE);
                remove(&accounts, name).await
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

/// Deletes an object of that name, if there is one, and looks until there is none: a finalizer may keep it, and it counts
/// for as long as it is there.
async fn remove<K>(objects: &Api<K>, name: &str) -> Result<(), ClusterError>
where
    K: Resource + Clone + DeserializeOwned + std::fmt::Debug,
{
    match within_time(objects.delete(name, &DeleteParams::background())).await {
        Ok(_) => {}
        Err(ClusterError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    }
    if within_time(objects.get_opt(name)).await?.is_none() {
        return Ok(());
    }
    let message = format!("{name} is to be deleted and stays: a finalizer keeps it");
    Err(ClusterError::Unexpected { message })
}
