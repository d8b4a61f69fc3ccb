//! One cluster with two tenants and a pod in each. It can be read; whoever acts on it finds it away.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

use async_trait::async_trait;
use domain::{
    access::{Execute, Permit, Preview},
    actions::{Accepted, CommittedIntent, DryRunVerdict, Effect, EffectError, Snapshot, TargetRef},
    names::{ClusterName, ClusterUser, Namespace},
    resources::{
        AccessReview, BudgetRow, Change, Cluster, ClusterError, ClusterUid, Clusters, Effects,
        EventRow, Freshness, NamespaceRow, PodRow, ResourceCache, WatchState, WorkloadRow,
    },
    testkit::ManualClock,
    time::Clock,
};
use futures::stream::{BoxStream, StreamExt, empty, poll_fn};

/// The one cluster there is.
#[derive(Clone)]
pub(crate) struct Demo {
    name: ClusterName,
    away: Arc<AtomicBool>,
    changes: fn() -> BoxStream<'static, Change>,
}

impl Demo {
    pub(crate) fn new() -> Self {
        let changes = || empty().boxed();
        Self { name: "demo".parse().unwrap(), away: Arc::default(), changes }
    }

    /// One that brings whoever follows its changes down.
    pub(crate) fn that_breaks() -> Self {
        let changes = || poll_fn(|_| panic!("a change that nobody foresaw")).boxed();
        Self { changes, ..Self::new() }
    }

    /// From now on nobody is told what they may see.
    pub(crate) fn go_away(&self) {
        self.away.store(true, SeqCst);
    }

    pub(crate) fn come_back(&self) {
        self.away.store(false, SeqCst);
    }
}

impl Clusters for Demo {
    fn cluster(&self, name: &ClusterName) -> Option<Arc<dyn Cluster>> {
        (*name == self.name).then(|| Arc::new(self.clone()) as Arc<dyn Cluster>)
    }

    fn all(&self) -> Vec<Arc<dyn Cluster>> {
        vec![Arc::new(self.clone())]
    }
}

impl Cluster for Demo {
    fn name(&self) -> &ClusterName {
        &self.name
    }

    fn uid(&self) -> Option<ClusterUid> {
        None
    }
}

impl ResourceCache for Demo {
    fn freshness(&self) -> Freshness {
        Freshness { watch: WatchState::Live, heard_at: None }
    }

    fn namespaces(&self) -> Vec<Arc<NamespaceRow>> {
        ["checkout", "ledger"].map(|name| Arc::new(namespace(name))).into()
    }

    fn namespace(&self, wanted: &Namespace) -> Option<Arc<NamespaceRow>> {
        self.namespaces().into_iter().find(|row| row.name == *wanted)
    }

    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        vec![Arc::new(pod(namespace))]
    }

    fn workloads(&self, _: &Namespace) -> Vec<Arc<WorkloadRow>> {
        Vec::new()
    }

    fn budgets(&self, _: &Namespace) -> Vec<Arc<BudgetRow>> {
        Vec::new()
    }

    fn events(&self, _: &Namespace, _: &str) -> Vec<Arc<EventRow>> {
        Vec::new()
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        (self.changes)()
    }
}

#[async_trait]
impl AccessReview for Demo {
    async fn may_view(&self, _: &ClusterUser, _: &Namespace) -> Result<bool, ClusterError> {
        if self.away.load(SeqCst) { Err(away()) } else { Ok(true) }
    }
}

fn away() -> ClusterError {
    ClusterError::Unreachable { message: "nothing listens".to_owned() }
}

#[async_trait]
impl Effects for Demo {
    async fn look_up(&self, _: &ClusterUser, _: &TargetRef) -> Result<Snapshot, ClusterError> {
        Err(away())
    }

    async fn dry_run(
        &self,
        _: &Permit<Preview>,
        _: &Effect,
    ) -> Result<DryRunVerdict, ClusterError> {
        Err(away())
    }

    async fn carry_out(
        &self,
        _: Permit<Execute>,
        _: CommittedIntent,
        _: &Effect,
    ) -> Result<Accepted, EffectError> {
        Err(EffectError::Refused(away()))
    }
}

fn namespace(name: &str) -> NamespaceRow {
    NamespaceRow {
        name: name.parse().unwrap(),
        uid: format!("{name}-uid"),
        labels: BTreeMap::new(),
        created_at: ManualClock::default().now(),
        deleting_since: None,
    }
}

fn pod(namespace: &Namespace) -> PodRow {
    PodRow {
        namespace: namespace.clone(),
        name: "api-0".parse().unwrap(),
        uid: "api-0-uid".to_owned(),
        phase: "Running".to_owned(),
        status: "Running".to_owned(),
        ready: 1,
        containers_total: 2,
        restarts: 3,
        restarted_at: None,
        created_at: ManualClock::default().now(),
        deleting_since: None,
        node: Some("node-1".to_owned()),
        owner: None,
        labels: BTreeMap::new(),
        containers: Vec::new(),
        conditions: Vec::new(),
        message: None,
        service_account: None,
        ip: None,
    }
}
