//! Everything that is watched of one cluster.

use std::sync::Arc;

use domain::{
    names::{ClusterName, Namespace},
    resources::{
        BudgetRow, Change, EventRow, Freshness, NamespaceRow, NodeRow, PodRow, ResourceCache,
        ScalerRow, ServiceRow, WorkloadRow,
    },
    time::Clock,
};
use futures::stream::BoxStream;
use k8s_openapi::api::core::v1 as core;
use kube::{Api, Client};
use tokio::task::JoinSet;

use super::{
    changes::Changes,
    events::Events,
    health::Health,
    shelf::Shelf,
    source::{Fixed, Source, Watched},
    store::Store,
    versions::{Budgets, CronJobs, Scalers},
    watch::keep,
};
use crate::cluster::projection::{
    daemon_set_row, deployment_row, event_row, job_row, namespace_row, node_row, pod_row,
    replica_set_row, service_row, stateful_set_row,
};

/// What the watches of a cluster have seen. Dropping it ends them.
pub(in crate::cluster) struct Cache {
    namespaces: Arc<Store<NamespaceRow>>,
    /// All in the platform's namespace.
    nodes: Arc<Store<NodeRow>>,
    pods: Arc<Store<PodRow>>,
    /// One for each kind, in the kinds' order.
    workloads: Vec<Arc<Store<WorkloadRow>>>,
    budgets: Arc<Store<BudgetRow>>,
    services: Arc<Store<ServiceRow>>,
    scalers: Arc<Store<ScalerRow>>,
    events: Arc<Events>,
    health: Arc<Health>,
    changes: Arc<Changes>,
    _tasks: JoinSet<()>,
}

impl Cache {
    /// Starts the watches; they begin by themselves when the cluster can be reached.
    pub(in crate::cluster) fn start(
        cluster: ClusterName,
        client: &Client,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let changes = Changes::new();
        let mut watches = Watches {
            client,
            health: Health::new(cluster, clock, Arc::clone(&changes)),
            tasks: JoinSet::new(),
        };
        watches.tasks.spawn(Arc::clone(&changes).deliver());
        Self {
            namespaces: watches.of("namespaces", namespace_row),
            nodes: watches.fill(
                "nodes",
                Fixed::of_platform(Api::<core::Node>::all(client.clone()), node_row),
            ),
            pods: watches.of("pods", pod_row),
            workloads: vec![
                watches.of("deployments", deployment_row),
                watches.of("statefulsets", stateful_set_row),
                watches.of("daemonsets", daemon_set_row),
                watches.of("replicasets", replica_set_row),
                watches.of("jobs", job_row),
                watches.of_versioned("cronjobs", |client| CronJobs { client }),
            ],
            budgets: watches.of_versioned("poddisruptionbudgets", |client| Budgets { client }),
            services: watches.of("services", service_row),
            scalers: watches.of_versioned("horizontalpodautoscalers", |client| Scalers { client }),
            events: watches
                .fill("events", Fixed::new(Api::<core::Event>::all(client.clone()), event_row)),
            health: watches.health,
            changes,
            _tasks: watches.tasks,
        }
    }
}

/// The watches as they are started.
struct Watches<'a> {
    client: &'a Client,
    health: Arc<Health>,
    tasks: JoinSet<()>,
}

impl Watches<'_> {
    fn of<K, R>(&mut self, kind: &'static str, project: fn(K) -> Option<R>) -> Arc<Store<R>>
    where
        K: Watched + Sync + kube::Resource<DynamicType = ()>,
        R: PartialEq + Send + Sync + 'static,
    {
        let api = Api::all(self.client.clone());
        self.fill(kind, Fixed::new(api, project))
    }

    fn of_versioned<S>(&mut self, kind: &'static str, source: fn(Client) -> S) -> Arc<Store<S::Row>>
    where
        S: Source,
        S::Row: PartialEq + Sync,
    {
        let source = source(self.client.clone());
        self.fill(kind, source)
    }

    fn fill<S, H>(&mut self, kind: &'static str, source: S) -> Arc<H>
    where
        S: Source,
        H: Shelf<Row = S::Row> + Default,
    {
        let rows = Arc::new(H::default());
        let news = self.health.watch(kind);
        self.tasks.spawn(keep(source, Arc::clone(&rows), news));
        rows
    }
}

impl ResourceCache for Cache {
    fn freshness(&self) -> Freshness {
        self.health.freshness()
    }

    fn namespaces(&self) -> Vec<Arc<NamespaceRow>> {
        let mut namespaces = self.namespaces.all();
        namespaces.sort_by(|a, b| a.name.cmp(&b.name));
        namespaces
    }

    fn namespace(&self, namespace: &Namespace) -> Option<Arc<NamespaceRow>> {
        self.namespaces.get(namespace, namespace.as_str())
    }

    fn nodes(&self) -> Vec<Arc<NodeRow>> {
        self.nodes.of(&Namespace::platform())
    }

    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        self.pods.of(namespace)
    }

    fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>> {
        self.workloads.iter().flat_map(|kind| kind.of(namespace)).collect()
    }

    fn budgets(&self, namespace: &Namespace) -> Vec<Arc<BudgetRow>> {
        self.budgets.of(namespace)
    }

    fn services(&self, namespace: &Namespace) -> Vec<Arc<ServiceRow>> {
        self.services.of(namespace)
    }

    fn scalers(&self, namespace: &Namespace) -> Vec<Arc<ScalerRow>> {
        self.scalers.of(namespace)
    }

    fn events(&self, namespace: &Namespace, uid: &str) -> Vec<Arc<EventRow>> {
        self.events.about(namespace, uid)
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        self.changes.listen()
    }
}
