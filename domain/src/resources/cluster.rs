//! The ports to a cluster: reading what is cached, asking what a person may, and the one way to act.

use std::sync::Arc;

use async_trait::async_trait;
use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};

use super::{
    BudgetRow, ContainerRun, EventRow, Freshness, Lines, NamespaceRow, NodeRow, PodRow, ScalerRow,
    ServiceRow, WorkloadRow,
};
use crate::{
    access::{Execute, Permit, Preview},
    actions::{
        Accepted, CommittedIntent, DryRun, DryRunVerdict, Effect, EffectError, PodPin, Reads,
        Snapshot, TargetRef,
    },
    grants::GrantKeeper,
    names::{ClusterName, ClusterUser, Namespace},
};

/// The clusters that are registered.
pub trait Clusters: Send + Sync {
    /// The cluster of that name.
    fn cluster(&self, name: &ClusterName) -> Option<Arc<dyn Cluster>>;

    /// All of them, by name.
    fn all(&self) -> Vec<Arc<dyn Cluster>>;
}

/// One registered Kubernetes API.
pub trait Cluster: ResourceCache + AccessReview + Logs + Effects {
    /// Its name in the configuration.
    fn name(&self) -> &ClusterName;

    /// What tells it from every other cluster; absent until it was reached once.
    fn uid(&self) -> Option<ClusterUid>;

    /// What keeps grants in it.
    fn grants(&self) -> &dyn GrantKeeper;
}

/// What tells a cluster from every other: the UID of its `kube-system` namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterUid(pub String);

/// What the watches of a cluster have seen. Reading asks the cluster nothing.
pub trait ResourceCache: Send + Sync {
    /// How old the answers below may be.
    fn freshness(&self) -> Freshness;

    /// All namespaces, by name.
    fn namespaces(&self) -> Vec<Arc<NamespaceRow>>;

    /// One namespace.
    fn namespace(&self, namespace: &Namespace) -> Option<Arc<NamespaceRow>>;

    /// The nodes, by name.
    fn nodes(&self) -> Vec<Arc<NodeRow>>;

    /// The pods of a namespace, by name.
    fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>>;

    /// The workloads of a namespace, by kind and name. `ReplicaSet`s of Deployments are among them.
    fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>>;

    /// The disruption budgets of a namespace, by name.
    fn budgets(&self, namespace: &Namespace) -> Vec<Arc<BudgetRow>>;

    /// The Services of a namespace, by name.
    fn services(&self, namespace: &Namespace) -> Vec<Arc<ServiceRow>>;

    /// The autoscalers of a namespace, by name.
    fn scalers(&self, namespace: &Namespace) -> Vec<Arc<ScalerRow>>;

    /// The events about one object, newest first, at most the 50 newest.
    fn events(&self, namespace: &Namespace, uid: &str) -> Vec<Arc<EventRow>>;

    /// A note for each change from now on. A slow listener may miss notes, never the last one
    /// of a namespace for long: after missing some it gets [`Change::Everything`].
    fn changes(&self) -> BoxStream<'static, Change>;
}

/// Something that the watches have seen change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Pods, workloads, budgets or events of one namespace; nodes, for the platform's.
    Namespace(Namespace),
    /// The state of the watches.
    Freshness,
    /// Possibly anything: notes were missed, or a watch began anew.
    Everything,
}

/// What the cluster itself lets a person do.
#[async_trait]
pub trait AccessReview: Send + Sync {
    /// Whether the person's own user may list the pods of a namespace, by the cluster's own RBAC
    /// (SubjectAccessReview). Answers may be some seconds old.
    async fn may_view(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<bool, ClusterError>;
}

/// Reading what containers wrote, as the person who looks and with no more power than they have themselves.
#[async_trait]
pub trait Logs: Send + Sync {
    /// The last lines of one run of a container, if the person's own user may `get` the `pods/log` there. Answers may
    /// be some seconds old. The cluster's API takes no UID here: they are given only while the watches show that very
    /// pod before and after.
    ///
    /// # Errors
    /// [`ClusterError::NotFound`] when the pod, that run or its lines are gone; [`ClusterError::Unreachable`] when the
    /// cluster or the pod's node does not answer.
    async fn last_lines(
        &self,
        user: &ClusterUser,
        run: &ContainerRun,
    ) -> Result<Lines, ClusterError>;
}

/// Acting on a cluster, impersonating a person with the one group `sekisho:act:<action>`.
#[async_trait]
pub trait Effects: Send + Sync {
    /// Reads the target as it is now, past every cache.
    ///
    /// # Errors
    /// [`ClusterError::NotFound`] when it does not exist, or is named where its kind is not
    /// [reached](TargetRef::is_reachable).
    async fn look_up(
        &self,
        user: &ClusterUser,
        target: &TargetRef,
        reads: Reads,
    ) -> Result<Snapshot, ClusterError>;

    /// Asks the cluster what it would say to the effect, changing nothing.
    async fn dry_run(
        &self,
        permit: &Permit<Preview>,
        effect: &Effect,
    ) -> Result<DryRun, ClusterError>;

    /// Asks the cluster what it would say to the eviction of one pod, changing nothing.
    async fn rehearse_eviction(
        &self,
        permit: &Permit<Preview>,
        pod: &PodPin,
    ) -> Result<DryRunVerdict, ClusterError>;

    /// Evicts one pod of those that are sent away together, once, and not after the intent's deadline. It is named by
    /// its UID and not read before: the person need not see it.
    async fn evict(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        pod: &PodPin,
    ) -> Result<Accepted, EffectError>;

    /// Carries the effect out, once, and not after the intent's deadline.
    async fn carry_out(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        effect: &Effect,
    ) -> Result<Accepted, EffectError>;
}

/// Why a cluster did not answer as hoped. Nothing was changed by a call that ends so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClusterError {
    /// The object does not exist.
    #[error("the cluster knows no such object")]
    NotFound,
    /// The cluster's RBAC or admission refused; its own words.
    #[error("the cluster refused: {message}")]
    Refused {
        /// The cluster's own words.
        message: String,
    },
    /// Too many requests; wait and repeat.
    #[error("the cluster asks to slow down")]
    Busy,
    /// No answer in time, or no connection.
    #[error("the cluster cannot be reached: {message}")]
    Unreachable {
        /// What was tried and how it ended.
        message: String,
    },
    /// An answer that makes no sense here.
    #[error("the cluster gave an unexpected answer: {message}")]
    Unexpected {
        /// The status and message of the answer.
        message: String,
    },
}
