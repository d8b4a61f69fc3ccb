//! What a cluster holds, as far as the pages need it: projected rows and the ports that read them.
//!
//! Never holds values of Secrets or `ConfigMap`s, and never decides who may see a row.

mod cluster;
mod event;
mod freshness;
mod lines;
mod node;
mod pod;
mod pod_detail;
mod pod_list;
mod service;
mod workload;
mod workload_detail;

pub use cluster::{
    AccessReview, Change, Cluster, ClusterError, ClusterUid, Clusters, Effects, Logs, ResourceCache,
};
pub use event::{EventKind, EventRow};
pub use freshness::{Freshness, WatchState};
pub use lines::{ContainerRun, Lines, Run};
pub use node::{NodeDetail, NodeLoad, NodeRow};
pub use pod::{ConditionRow, ContainerKind, ContainerRow, ContainerState, OwnerRow, PodRow};
pub use pod_detail::PodDetail;
pub use pod_list::{PodQuery, PodSort, UnknownSort};
pub use service::{ScalerRow, ServiceRow};
pub use workload::{
    BudgetRow, LabelExpression, NamespaceRow, WorkloadKind, WorkloadRow, is_kept_by,
};
pub use workload_detail::WorkloadDetail;
