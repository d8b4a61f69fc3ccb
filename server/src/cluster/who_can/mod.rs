//! What RBAC says about a namespace, read from its objects as the console's own account.
//!
//! Never judges: who can do what by these objects is for the domain to say.

mod projection;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::{
    names::Namespace,
    resources::ClusterError,
    time::Clock,
    who_can::{Binding, Rbac, RoleRef},
};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use kube::{Api, Client, api::ListParams};

use super::{answers::Answers, listing::all};

/// How old an answer may be.
const KEPT_FOR: Duration = Duration::from_secs(5);
/// How many answers are kept at most.
const KEPT: usize = 50;

/// What RBAC says in one cluster.
pub(super) struct RbacReads {
    client: Client,
    clock: Arc<dyn Clock>,
    answers: Answers<Namespace, Arc<Rbac>>,
}

impl RbacReads {
    pub(super) fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock, answers: Answers::new(KEPT_FOR, KEPT) }
    }

    /// All that counts in a namespace.
    pub(super) async fn rbac(&self, namespace: &Namespace) -> Result<Arc<Rbac>, ClusterError> {
        let now = self.clock.now();
        self.answers.forget_old(now);
        let read = || read(self.client.clone(), namespace.clone());
        let answer = self.answers.ask(now, namespace, read);
        let result = answer.clone().await;
        if result.is_err() {
            self.answers.forget(namespace, &answer);
        }
        result
    }
}

async fn read(client: Client, namespace: Namespace) -> Result<Arc<Rbac>, ClusterError> {
    let there = namespace.as_str();
    let params = ListParams::default;
    let wide: Vec<ClusterRoleBinding> = all(&Api::all(client.clone()), params()).await?;
    let narrow: Vec<RoleBinding> = all(&Api::namespaced(client.clone(), there), params()).await?;
    let of_cluster: Vec<ClusterRole> = all(&Api::all(client.clone()), params()).await?;
    let own: Vec<Role> = all(&Api::namespaced(client, there), params()).await?;
    let bindings: Vec<Binding> = wide
        .into_iter()
        .map(projection::wide)
        .chain(narrow.into_iter().map(|binding| projection::narrow(binding, there)))
        .collect();
    let roles: BTreeMap<RoleRef, _> = of_cluster
        .into_iter()
        .map(projection::cluster_role)
        .chain(own.into_iter().map(projection::role))
        .collect();
    Ok(Arc::new(Rbac { bindings, roles }))
}
