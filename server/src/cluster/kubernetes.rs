//! One registered Kubernetes API behind the domain's ports.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    grants::GrantKeeper,
    names::{ClusterName, ClusterUser, Namespace},
    resources::{
        AccessReview, BudgetRow, Change, Cluster, ClusterError, ClusterUid, ContainerRun, EventRow,
        Freshness, Lines, Logs, NamespaceRow, NodeRow, PodRow, ResourceCache, ScalerRow,
        ServiceRow, WorkloadRow,
    },
    time::Clock,
};
use futures::stream::BoxStream;
use kube::Client;

use super::{
    access::AccessReviews,
    connection::{ConnectError, connect},
    door::Door,
    logs::ContainerLogs,
    places::Places,
    settings::ClusterSettings,
    watches::Cache,
    who_can::RbacReads,
};

/// A Kubernetes API, watched and ready to be acted on.
pub struct KubernetesCluster {
    pub(super) name: ClusterName,
    pub(super) client: Client,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) cache: Cache,
    pub(super) places: Places,
    /// How people who get a token reach it.
    pub(super) door: Door,
    reviews: AccessReviews,
    logs: ContainerLogs,
    pub(super) rbac: RbacReads,
}

impl KubernetesCluster {
    /// Sets up the connection and starts the watches, which wait for the cluster as long as need be.
    pub async fn connect(
        settings: ClusterSettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        let (client, door) = connect(settings.source, settings.exec_plugins).await?;
        Ok(Self::over(settings.name, client, door, clock))
    }

    pub(super) fn over(
        name: ClusterName,
        client: Client,
        door: Door,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            cache: Cache::start(name.clone(), &client, Arc::clone(&clock)),
            reviews: AccessReviews::new(client.clone(), Arc::clone(&clock)),
            logs: ContainerLogs::new(client.clone(), Arc::clone(&clock)),
            rbac: RbacReads::new(client.clone(), Arc::clone(&clock)),
            places: Places::default(),
            door,
            name,
            client,
            clock,
        }
    }
}

impl Cluster for KubernetesCluster {
    fn name(&self) -> &ClusterName {
        &self.name
    }

    fn uid(&self) -> Option<ClusterUid> {
        let row = self.cache.namespace(&Namespace::platform())?;
        Some(ClusterUid(row.uid.clone()))
    }

    fn grants(&self) -> &dyn GrantKeeper {
        self
    }
}

#[async_trait]
impl AccessReview for KubernetesCluster {
    async fn may_view(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<bool, ClusterError> {
        self.reviews.may_view(user, namespace).await
    }
}

#[async_trait]
impl Logs for KubernetesCluster {
    async fn last_lines(
        &self,
        user: &ClusterUser,
        run: &ContainerRun,
    ) -> Result<Lines, ClusterError> {
        self.shows(run)?;
        let lines = self.logs.last_lines(user, run).await;
        // A namesake may have come meanwhile.
        self.shows(run)?;
        lines
    }
}

impl KubernetesCluster {
    /// Whether the watches show that very pod.
    fn shows(&self, run: &ContainerRun) -> Result<(), ClusterError> {
        let is_meant = |pod: &Arc<PodRow>| pod.name == run.pod && pod.uid == run.uid;
        let there = self.cache.pods(&run.namespace).iter().any(is_meant);
        there.then_some(()).ok_or(ClusterError::NotFound)
    }
}

impl ResourceCache for KubernetesCluster {
    fn freshness(&self) -> Freshness {
        self.cache.freshness()
    }

    fn namespaces(&self) -> Vec<Arc<NamespaceRow>> {
        self.cache.namespaces()
    }

    fn namespace(&self, namespace: &Namespace) -> Option<Arc<NamespaceRow>> {
        self.cache.namespace(namespace)
    }

    fn nodes(&self) -> Vec<Arc<NodeRow>> {
        self.cache.nodes()
    }

    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        self.cache.pods(namespace)
    }

    fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>> {
        self.cache.workloads(namespace)
    }

    fn budgets(&self, namespace: &Namespace) -> Vec<Arc<BudgetRow>> {
        self.cache.budgets(namespace)
    }

    fn services(&self, namespace: &Namespace) -> Vec<Arc<ServiceRow>> {
        self.cache.services(namespace)
    }

    fn scalers(&self, namespace: &Namespace) -> Vec<Arc<ScalerRow>> {
        self.cache.scalers(namespace)
    }

    fn events(&self, namespace: &Namespace, uid: &str) -> Vec<Arc<EventRow>> {
        self.cache.events(namespace, uid)
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        self.cache.changes()
    }
}
