//! One cluster with two tenants and a pod in each: read, asked and acted on as tests tell it to answer.

mod rows;
mod scene;

use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use async_trait::async_trait;
use domain::{
    access::{Execute, Permit, Preview},
    actions::{
        Accepted, CommittedIntent, DryRun, DryRunVerdict, Effect, EffectError, PodPin, Reads,
        Snapshot, Target, TargetRef,
    },
    canonical::Digest,
    grants::GrantKeeper,
    names::{ClusterName, ClusterUser, Namespace},
    resources::{
        AccessReview, BudgetRow, Change, Cluster, ClusterError, ClusterUid, Clusters, ContainerRun,
        Effects, EventRow, Freshness, Lines, Logs, NamespaceRow, NodeRow, PodRow, ResourceCache,
        ScalerRow, ServiceRow, WatchState, WorkloadRow,
    },
    testkit::KeptGrants,
};
use futures::stream::{BoxStream, StreamExt, empty, poll_fn};

pub(crate) use scene::Says;
use scene::{Found, Scene, Sent};

/// The one cluster there is.
#[derive(Clone)]
pub(crate) struct Demo {
    name: ClusterName,
    scene: Arc<Mutex<Scene>>,
    /// What it holds of grants.
    pub(crate) grants: Arc<KeptGrants>,
    /// Nobody is told what they may see.
    silent: Arc<AtomicBool>,
    changes: fn() -> BoxStream<'static, Change>,
}

impl Demo {
    pub(crate) fn new() -> Self {
        Self {
            name: "demo".parse().unwrap(),
            scene: Arc::default(),
            grants: Arc::default(),
            silent: Arc::default(),
            changes: || empty().boxed(),
        }
    }

    /// One that brings whoever follows its changes down.
    pub(crate) fn that_breaks() -> Self {
        let changes = || poll_fn(|_| panic!("a change that nobody foresaw")).boxed();
        Self { changes, ..Self::new() }
    }

    /// From now on nobody is told what they may see.
    pub(crate) fn fall_silent(&self) {
        self.silent.store(true, SeqCst);
    }

    pub(crate) fn speak_again(&self) {
        self.silent.store(false, SeqCst);
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap()
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
        Some(ClusterUid(self.scene().cluster_uid.to_owned()))
    }

    fn grants(&self) -> &dyn GrantKeeper {
        self.grants.as_ref()
    }
}

impl ResourceCache for Demo {
    fn freshness(&self) -> Freshness {
        let watch = if self.scene().away { WatchState::Stale } else { WatchState::Live };
        Freshness { watch, heard_at: None }
    }

    fn namespaces(&self) -> Vec<Arc<NamespaceRow>> {
        let made = self.scene().namespaces;
        let row = |name| {
            let row = rows::namespace(name);
            Arc::new(NamespaceRow { uid: format!("{made}{}", row.uid), ..row })
        };
        ["checkout", "kube-system", "ledger"].map(row).into()
    }

    fn namespace(&self, wanted: &Namespace) -> Option<Arc<NamespaceRow>> {
        self.namespaces().into_iter().find(|row| row.name == *wanted)
    }

    fn nodes(&self) -> Vec<Arc<NodeRow>> {
        self.scene().nodes.clone()
    }

    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        self.scene().pods(namespace)
    }

    fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>> {
        self.scene().workloads(namespace)
    }

    fn budgets(&self, _: &Namespace) -> Vec<Arc<BudgetRow>> {
        Vec::new()
    }

    fn services(&self, _: &Namespace) -> Vec<Arc<ServiceRow>> {
        Vec::new()
    }

    fn scalers(&self, _: &Namespace) -> Vec<Arc<ScalerRow>> {
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
        if self.silent.load(SeqCst) {
            return Err(ClusterError::Unreachable { message: "nothing listens".to_owned() });
        }
        Ok(true)
    }
}

#[async_trait]
impl Logs for Demo {
    async fn last_lines(
        &self,
        user: &ClusterUser,
        run: &ContainerRun,
    ) -> Result<Lines, ClusterError> {
        let mut scene = self.scene();
        scene.read.push((user.clone(), run.clone()));
        scene.written.clone()
    }
}

#[async_trait]
impl Effects for Demo {
    async fn look_up(
        &self,
        _: &ClusterUser,
        wanted: &TargetRef,
        _: Reads,
    ) -> Result<Snapshot, ClusterError> {
        let meanwhile = self.scene().meanwhile.take();
        if let Some(happening) = meanwhile {
            happening.await;
        }
        let scene = self.scene();
        if scene.away {
            return Err(ClusterError::Unreachable { message: "nothing listens".to_owned() });
        }
        let Found { uid, object, status, ending } =
            scene.find(wanted).ok_or(ClusterError::NotFound)?;
        let target = Target {
            cluster: self.name.clone(),
            cluster_uid: ClusterUid("demo-uid".to_owned()),
            namespace: wanted.namespace.clone(),
            namespace_uid: format!("{}-uid", wanted.namespace),
            kind: wanted.kind,
            name: wanted.name.clone(),
            uid,
            fingerprint: Digest::of(&scene.revision.to_be_bytes()),
        };
        Ok(Snapshot {
            target,
            resource_version: scene.revision.to_string(),
            object,
            status,
            ending,
            revisions: Vec::new(),
            pods: Vec::new(),
        })
    }

    async fn dry_run(&self, _: &Permit<Preview>, _: &Effect) -> Result<DryRun, ClusterError> {
        Ok(DryRun { verdict: DryRunVerdict::Accepted, after: None })
    }

    async fn rehearse_eviction(
        &self,
        _: &Permit<Preview>,
        _: &PodPin,
    ) -> Result<DryRunVerdict, ClusterError> {
        Ok(DryRunVerdict::Accepted)
    }

    async fn evict(
        &self,
        permit: Permit<Execute>,
        _: CommittedIntent,
        pod: &PodPin,
    ) -> Result<Accepted, EffectError> {
        let happening = self.scene().while_evicting.take();
        if let Some(happening) = happening {
            happening.await;
        }
        let mut scene = self.scene();
        scene.evicted.push((permit.scope().clone(), pod.clone()));
        scene.answer().map(|()| Accepted { audit_id: Some("audit-1".to_owned()), generation: None })
    }

    async fn carry_out(
        &self,
        permit: Permit<Execute>,
        _: CommittedIntent,
        effect: &Effect,
    ) -> Result<Accepted, EffectError> {
        let mut scene = self.scene();
        scene.sent.push(Sent { scope: permit.scope().clone(), effect: effect.clone() });
        scene.answer().map(|()| Accepted { audit_id: Some("audit-1".to_owned()), generation: None })
    }
}
