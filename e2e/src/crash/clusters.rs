//! The clusters, with the process dying while an effect is under way or once it was heard of.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use domain::{
    access::{Execute, Permit, Preview},
    actions::{
        Accepted, CommittedIntent, DryRun, DryRunVerdict, Effect, EffectError, PodPin, Reads,
        Snapshot, TargetRef,
    },
    grants::GrantKeeper,
    names::{ClusterName, ClusterUser, Namespace},
    resources::{
        AccessReview, BudgetRow, Change, Cluster, ClusterError, ClusterUid, Clusters, ContainerRun,
        Effects, EventRow, Freshness, Lines, Logs, NamespaceRow, NodeRow, PodRow, ResourceCache,
        ScalerRow, ServiceRow, WorkloadRow,
    },
};
use futures::stream::BoxStream;

use super::{CrashPoint, Trigger};

/// Stands before the real clusters.
pub(super) struct CrashingClusters(Vec<Arc<dyn Cluster>>);

impl CrashingClusters {
    pub(super) fn new(clusters: &dyn Clusters, trigger: &Arc<Trigger>) -> Self {
        let crashing = |cluster| -> Arc<dyn Cluster> {
            let pace = Mutex::new(Pace::default());
            Arc::new(CrashingCluster { cluster, trigger: Arc::clone(trigger), pace })
        };
        Self(clusters.all().into_iter().map(crashing).collect())
    }
}

impl Clusters for CrashingClusters {
    fn cluster(&self, name: &ClusterName) -> Option<Arc<dyn Cluster>> {
        self.0.iter().find(|cluster| cluster.name() == name).map(Arc::clone)
    }

    fn all(&self) -> Vec<Arc<dyn Cluster>> {
        self.0.clone()
    }
}

struct CrashingCluster {
    cluster: Arc<dyn Cluster>,
    trigger: Arc<Trigger>,
    pace: Mutex<Pace>,
}

/// How long the last calls took. An effect is a look and a call like a dry run's: so it is known when to die in it.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    look: Duration,
    call: Duration,
}

impl CrashingCluster {
    fn pace(&self) -> Pace {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, note: impl FnOnce(&mut Pace)) {
        note(&mut self.pace.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[async_trait]
impl Effects for CrashingCluster {
    async fn look_up(
        &self,
        user: &ClusterUser,
        target: &TargetRef,
        reads: Reads,
    ) -> Result<Snapshot, ClusterError> {
        let began = Instant::now();
        let snapshot = self.cluster.look_up(user, target, reads).await;
        self.note(|pace| pace.look = began.elapsed());
        snapshot
    }

    async fn dry_run(
        &self,
        permit: &Permit<Preview>,
        effect: &Effect,
    ) -> Result<DryRun, ClusterError> {
        let began = Instant::now();
        let verdict = self.cluster.dry_run(permit, effect).await;
        self.note(|pace| pace.call = began.elapsed());
        verdict
    }

    async fn rehearse_eviction(
        &self,
        permit: &Permit<Preview>,
        pod: &PodPin,
    ) -> Result<DryRunVerdict, ClusterError> {
        self.cluster.rehearse_eviction(permit, pod).await
    }

    async fn evict(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        pod: &PodPin,
    ) -> Result<Accepted, EffectError> {
        let request = intent.request();
        let call = self.pace().call;
        self.trigger.race(CrashPoint::DuringEffect, request, Duration::ZERO, call * 2);
        let said = self.cluster.evict(permit, intent, pod).await;
        self.trigger.end_race(CrashPoint::DuringEffect, request);
        let accepted = said?;
        self.trigger.pass(CrashPoint::AfterEffect, request);
        Ok(accepted)
    }

    async fn carry_out(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        effect: &Effect,
    ) -> Result<Accepted, EffectError> {
        let request = intent.request();
        let Pace { look, call } = self.pace();
        self.trigger.race(CrashPoint::DuringEffect, request, look, call * 2);
        let said = self.cluster.carry_out(permit, intent, effect).await;
        self.trigger.end_race(CrashPoint::DuringEffect, request);
        let accepted = said?;
        self.trigger.pass(CrashPoint::AfterEffect, request);
        Ok(accepted)
    }
}

#[async_trait]
impl AccessReview for CrashingCluster {
    async fn may_view(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<bool, ClusterError> {
        self.cluster.may_view(user, namespace).await
    }
}

#[async_trait]
impl Logs for CrashingCluster {
    async fn last_lines(
        &self,
        user: &ClusterUser,
        run: &ContainerRun,
    ) -> Result<Lines, ClusterError> {
        self.cluster.last_lines(user, run).await
    }
}

impl Cluster for CrashingCluster {
    fn name(&self) -> &ClusterName {
        self.cluster.name()
    }

    fn uid(&self) -> Option<ClusterUid> {
        self.cluster.uid()
    }

    fn grants(&self) -> &dyn GrantKeeper {
        self.cluster.grants()
    }
}

impl ResourceCache for CrashingCluster {
    fn freshness(&self) -> Freshness {
        self.cluster.freshness()
    }

    fn namespaces(&self) -> Vec<Arc<NamespaceRow>> {
        self.cluster.namespaces()
    }

    fn namespace(&self, namespace: &Namespace) -> Option<Arc<NamespaceRow>> {
        self.cluster.namespace(namespace)
    }

    fn nodes(&self) -> Vec<Arc<NodeRow>> {
        self.cluster.nodes()
    }

    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        self.cluster.pods(namespace)
    }

    fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>> {
        self.cluster.workloads(namespace)
    }

    fn budgets(&self, namespace: &Namespace) -> Vec<Arc<BudgetRow>> {
        self.cluster.budgets(namespace)
    }

    fn services(&self, namespace: &Namespace) -> Vec<Arc<ServiceRow>> {
        self.cluster.services(namespace)
    }

    fn scalers(&self, namespace: &Namespace) -> Vec<Arc<ScalerRow>> {
        self.cluster.scalers(namespace)
    }

    fn events(&self, namespace: &Namespace, uid: &str) -> Vec<Arc<EventRow>> {
        self.cluster.events(namespace, uid)
    }

    fn changes(&self) -> BoxStream<'static, Change> {
        self.cluster.changes()
    }
}
