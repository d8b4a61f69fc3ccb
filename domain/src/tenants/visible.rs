//! Which tenants a person may see: the rules of the policy ∩ the cluster's own RBAC.
//!
//! A tenant one may not see and one that does not exist take the same path to the same answer.

use std::sync::Arc;

use futures::{StreamExt, stream};

use super::TenantName;
use crate::{
    access::{Act, Actor, Resource, authorise, cluster_user},
    console::Console,
    names::TeamName,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    resources::{Cluster, NamespaceRow},
};

/// How many access reviews of one page are under way at once.
const REVIEWS_AT_ONCE: usize = 16;

/// A tenant that the person was found to see.
pub(crate) struct VisibleTenant {
    pub(crate) name: TenantName,
    pub(crate) owners: Vec<TeamName>,
    pub(crate) cluster: Arc<dyn Cluster>,
    pub(crate) namespace: Arc<NamespaceRow>,
}

impl Console {
    /// The tenant, if it exists and the person may see it.
    pub(crate) async fn visible_tenant(
        &self,
        actor: &Actor,
        name: &TenantName,
    ) -> Result<VisibleTenant, Problem> {
        let policy = self.policy();
        let owners = self
            .may_view_by_rules(&policy, actor, name)
            .ok_or(ProblemCode::NotVisible)?;
        let cluster = self
            .ports
            .clusters
            .cluster(&name.cluster)
            .ok_or(ProblemCode::NotVisible)?;
        let user = cluster_user(actor, &name.cluster).map_err(|_| ProblemCode::NotVisible)?;
        let allowed = cluster.may_view(user, &name.namespace).await?;
        let namespace = cluster
            .namespace(&name.namespace)
            .filter(|_| allowed)
            .ok_or(ProblemCode::NotVisible)?;
        Ok(VisibleTenant {
            name: name.clone(),
            owners,
            cluster,
            namespace,
        })
    }

    /// Every tenant the person may see, by name. A cluster that cannot answer hides its tenants.
    pub(crate) async fn visible_tenants(&self, actor: &Actor) -> Vec<VisibleTenant> {
        let policy = self.policy();
        let candidates: Vec<_> = self
            .ports
            .clusters
            .all()
            .into_iter()
            .flat_map(|cluster| {
                cluster
                    .namespaces()
                    .into_iter()
                    .map(move |namespace| (Arc::clone(&cluster), namespace))
            })
            .filter_map(|(cluster, namespace)| {
                let name = TenantName {
                    cluster: cluster.name().clone(),
                    namespace: namespace.name.clone(),
                };
                let owners = self.may_view_by_rules(&policy, actor, &name)?;
                Some(VisibleTenant {
                    name,
                    owners,
                    cluster,
                    namespace,
                })
            })
            .collect();
        stream::iter(candidates)
            .map(|tenant| async {
                let user = cluster_user(actor, &tenant.name.cluster).ok()?;
                let allowed = tenant.cluster.may_view(user, &tenant.name.namespace).await;
                allowed.is_ok_and(|allowed| allowed).then_some(tenant)
            })
            .buffered(REVIEWS_AT_ONCE)
            .filter_map(|tenant| async { tenant })
            .collect()
            .await
    }

    fn may_view_by_rules(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        name: &TenantName,
    ) -> Option<Vec<TeamName>> {
        let owners = policy.policy.ownership.owners(name);
        let resource = Resource::Tenant {
            name: name.clone(),
            owners: owners.clone(),
        };
        authorise(policy, actor, Act::View, &resource)
            .ok()
            .map(|()| owners)
    }
}
