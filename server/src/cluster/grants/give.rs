//! Making a grant: first the account, which can do nothing, then the binding.

use domain::{
    access::GrantPermit,
    actions::EffectError,
    grants::{CommittedActivation, GRANTS_NAMESPACE, Held},
    resources::ClusterError,
    time::Timestamp,
};
use k8s_openapi::api::{core::v1::ServiceAccount, rbac::v1::RoleBinding};
use kube::{Api, Resource, ResourceExt, api::PostParams};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::manifests;
use crate::cluster::{
    effects::never_left,
    failure::{chain, meaning},
    kubernetes::KubernetesCluster,
};

pub(super) async fn give(
    cluster: &KubernetesCluster,
    permit: GrantPermit,
    word: CommittedActivation,
) -> Result<Held, EffectError> {
    check_words(cluster, &permit, &word)?;
    let namespace = word.body().tenant.namespace.as_str();
    let accounts: Api<ServiceAccount> = Api::namespaced(cluster.client.clone(), GRANTS_NAMESPACE);
    let bindings: Api<RoleBinding> = Api::namespaced(cluster.client.clone(), namespace);
    let wanted = manifests::account(&word);
    let account = made(cluster, &accounts, &wanted, word.deadline(), |_, _| true).await?;
    let wanted = manifests::binding(&word);
    let same = |now: &RoleBinding, wanted: &RoleBinding| {
        now.role_ref == wanted.role_ref && now.subjects == wanted.subjects
    };
    let binding = made(cluster, &bindings, &wanted, word.deadline(), same).await?;
    Ok(Held { account_uid: uid(&account)?, binding_uid: uid(&binding)? })
}

/// The permit and the word must be of one grant, in this cluster.
fn check_words(
    cluster: &KubernetesCluster,
    permit: &GrantPermit,
    word: &CommittedActivation,
) -> Result<(), EffectError> {
    let (scope, body) = (permit.scope(), word.body());
    let same = scope.grant == body.id
        && scope.digest == word.digest()
        && scope.holder == body.holder
        && scope.tenant == body.tenant.name()
        && scope.approvers == word.approvers()
        && body.tenant.cluster == cluster.name;
    if same {
        return Ok(());
    }
    Err(refused("the permit and the word are not of one grant"))
}

/// The object, made now or by an earlier attempt. What bears its name and is something else is refused.
async fn made<K>(
    cluster: &KubernetesCluster,
    objects: &Api<K>,
    wanted: &K,
    deadline: Timestamp,
    same: impl Fn(&K, &K) -> bool,
) -> Result<K, EffectError>
where
    K: Resource<DynamicType = ()> + Serialize + DeserializeOwned + Clone + std::fmt::Debug,
{
    let params = PostParams { field_manager: Some("sekisho".to_owned()), ..PostParams::default() };
    let patience = cluster.time_until(deadline)?;
    match timeout(patience, objects.create(&params, wanted)).await {
        Ok(Ok(object)) => return Ok(object),
        Ok(Err(kube::Error::Api(status))) if status.reason == "AlreadyExists" => {}
        Ok(Err(kube::Error::Api(status))) if status.code < 500 => {
            return Err(EffectError::Refused(meaning(&kube::Error::Api(status))));
        }
        Ok(Err(error)) if never_left(&error) => return Err(EffectError::Refused(meaning(&error))),
        Ok(Err(error)) => return Err(EffectError::Unknown { message: chain(&error) }),
        Err(_) => {
            return Err(EffectError::Unknown { message: format!("no answer within {patience:?}") });
        }
    }
    let patience = cluster.time_until(deadline)?;
    let name = wanted.name_any();
    match timeout(patience, objects.get(&name)).await {
        Ok(Ok(now)) if is_ours(&now, wanted) && same(&now, wanted) => Ok(now),
        Ok(Ok(_)) => Err(refused(&format!("something else is called {name} already"))),
        // Whatever was made before this attempt is looked for once no call can be on its way.
        Ok(Err(error)) => Err(EffectError::Unknown { message: chain(&error) }),
        Err(_) => Err(EffectError::Unknown { message: format!("no answer within {patience:?}") }),
    }
}

fn is_ours<K: ResourceExt>(now: &K, wanted: &K) -> bool {
    let has = |all: &std::collections::BTreeMap<String, String>,
               some: &std::collections::BTreeMap<String, String>| {
        some.iter().all(|(name, value)| all.get(name) == Some(value))
    };
    now.meta().deletion_timestamp.is_none()
        && has(now.labels(), wanted.labels())
        && has(now.annotations(), wanted.annotations())
}

fn uid<K: ResourceExt>(object: &K) -> Result<String, EffectError> {
    object.uid().ok_or_else(|| EffectError::Unknown { message: "the answer has no UID".to_owned() })
}

fn refused(message: &str) -> EffectError {
    EffectError::Refused(ClusterError::Refused { message: message.to_owned() })
}
