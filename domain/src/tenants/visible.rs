//! Which tenants a person may see: the rules of the policy ∩ the cluster's own RBAC.
//!
//! A tenant one may not see and one that does not exist take the same path to the same answer.

use std::{collections::BTreeSet, sync::Arc};

use futures::{StreamExt, stream};

use super::TenantName;
use crate::{
    access::{Act, Actor, Resource, authorise, cluster_user},
    actions::{Reads, Snapshot, TargetRef},
    console::Console,
    names::{ClusterName, TeamName},
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    resources::{Cluster, WatchState},
};

/// How many access reviews of one page are under way at once.
const REVIEWS_AT_ONCE: usize = 16;

/// A tenant that the person was found to see.
pub(crate) struct VisibleTenant {
    pub(crate) name: TenantName,
    pub(crate) owners: Vec<TeamName>,
    pub(crate) cluster: Arc<dyn Cluster>,
}

impl VisibleTenant {
    /// What the rules are asked about.
    pub(crate) fn as_resource(&self) -> Resource {
        Resource::Tenant { name: self.name.clone(), owners: self.owners.clone() }
    }

    /// A target of it as it is now, read from the cluster itself as this person.
    pub(crate) async fn look_up(
        &self,
        actor: &Actor,
        target: &TargetRef,
        reads: Reads,
    ) -> Result<Snapshot, Problem> {
        if !target.is_reachable() {
            return Err(ProblemCode::NotVisible.into());
        }
        let user = cluster_user(actor, &self.name.cluster)?;
        Ok(self.cluster.look_up(user, target, reads).await?)
    }
}

impl Console {
    /// The tenant, if it exists and the person may see it.
    pub(crate) async fn visible_tenant(
        &self,
        actor: &Actor,
        name: &TenantName,
    ) -> Result<VisibleTenant, Problem> {
        let owners = rules_let_view(&self.policy(), actor, name).ok_or(ProblemCode::NotVisible)?;
        let cluster = self.ports.clusters.cluster(&name.cluster).ok_or(ProblemCode::NotVisible)?;
        let user = cluster_user(actor, &name.cluster).map_err(|_| ProblemCode::NotVisible)?;
        if cluster.freshness().watch == WatchState::Starting {
            // What exists is not known yet, so that nothing can be said not to.
            return Err(Problem::from(ProblemCode::ClusterUnavailable)
                .with("message", "the console is still reading what runs there"));
        }
        let allowed = cluster.may_view(user, &name.namespace).await?;
        let exists = cluster.namespace(&name.namespace).is_some();
        if !(allowed && exists) {
            return Err(ProblemCode::NotVisible.into());
        }
        Ok(VisibleTenant { name: name.clone(), owners, cluster })
    }

    /// Every tenant the person may see, by name, and the clusters that could not answer.
    pub(crate) async fn visible_tenants(
        &self,
        actor: &Actor,
    ) -> (Vec<VisibleTenant>, BTreeSet<ClusterName>) {
        let policy = self.policy();
        let candidates = self.ports.clusters.all().into_iter().flat_map(|cluster| {
            let namespaces = cluster.namespaces();
            namespaces.into_iter().map(move |namespace| (Arc::clone(&cluster), namespace))
        });
        let candidates = candidates.filter_map(|(cluster, namespace)| {
            let name =
                TenantName { cluster: cluster.name().clone(), namespace: namespace.name.clone() };
            let owners = rules_let_view(&policy, actor, &name)?;
            let user = cluster_user(actor, &name.cluster).ok()?.clone();
            Some((user, VisibleTenant { name, owners, cluster }))
        });
        let reviewed: Vec<_> = stream::iter(candidates.collect::<Vec<_>>())
            .map(|(user, tenant)| async move {
                let allowed = tenant.cluster.may_view(&user, &tenant.name.namespace).await;
                (tenant, allowed)
            })
            .buffered(REVIEWS_AT_ONCE)
            .collect()
            .await;
        let mut silent = BTreeSet::new();
        let mut visible = Vec::new();
        for (tenant, allowed) in reviewed {
            match allowed {
                Ok(true) => visible.push(tenant),
                Ok(false) => {}
                Err(_) => drop(silent.insert(tenant.name.cluster)),
            }
        }
        (visible, silent)
    }
}

fn rules_let_view(
    policy: &PolicySnapshot,
    actor: &Actor,
    name: &TenantName,
) -> Option<Vec<TeamName>> {
    let owners = policy.policy.ownership.owners(name);
    let resource = Resource::Tenant { name: name.clone(), owners: owners.clone() };
    authorise(policy, actor, Act::View, &resource).ok().map(|()| owners)
}
