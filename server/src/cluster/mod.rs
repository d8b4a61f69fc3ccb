//! Clusters: the only place that speaks to a Kubernetes API.
//!
//! Reads come from watches by the console's own account; what a person may see is asked of the
//! cluster itself; a write goes out as the person, with exactly one group, and only against a
//! [`Permit`](domain::access::Permit). Secrets and `ConfigMap`s are never read.
//!
//! # What the console's own account asks for
//! `sekisho rbac` renders exactly this; a call that is not listed here is a bug.
//!
//! | group | resource | verbs | what for |
//! | --- | --- | --- | --- |
//! | core | `namespaces` `nodes` `pods` `services` `events` | list, watch | the cache |
//! | apps | `deployments` `statefulsets` `daemonsets` `replicasets` | list, watch | the cache |
//! | autoscaling | `horizontalpodautoscalers` | list, watch | the cache |
//! | batch | `jobs` `cronjobs` | list, watch | the cache |
//! | policy | `poddisruptionbudgets` | list, watch | the cache |
//! | authorization.k8s.io | `subjectaccessreviews` | create | what a person may see |
//! | rbac.authorization.k8s.io | `clusterroles` (those of `roles.toml`, by name) | get | what a grant would give |
//! | rbac.authorization.k8s.io | `roles` `clusterroles` `rolebindings` `clusterrolebindings` | list | who can do what; what stands for grants, and what should not |
//! | rbac.authorization.k8s.io | `rolebindings`, in tenants | create, get, delete | giving and ending grants |
//! | rbac.authorization.k8s.io | `clusterroles` (those of `roles.toml`, by name), in tenants | bind | giving grants |
//! | core | `serviceaccounts`, in `sekisho-grants` | create, get, list, delete | the accounts of grants |
//! | core | `serviceaccounts/token`, in `sekisho-grants` | create | tokens for who holds a grant |
//! | core | `users` (the listed cluster users, by name) | impersonate | acting and looking as a person |
//! | core | `groups` (`sekisho:act:<action>`, by name) | impersonate | the power of an action |
//! | authentication.k8s.io | `userextras/sekisho.dev/actor` `…/request` `…/approvers` | impersonate | the trail in the cluster's audit log |
//!
//! It also reads `/apis/policy/…`, `/apis/batch/…` and `/apis/autoscaling/…`, which `system:discovery` lets every
//! account do.
//!
//! # What a call as a person asks for
//! As the person alone: what they may do in a namespace (`selfsubjectrulesreviews`, which `system:basic-user` lets
//! everybody do); get the target and get `namespaces` of the tenant (of a node: get `nodes`, and `kube-system`
//! among the `namespaces`), for a rollback list `replicasets` or `controllerrevisions`, and get `pods/log` of a pod
//! that fails, all of which their own RBAC must allow; where it refuses the last, they see no lines and everything
//! else. As the person with the group
//! `sekisho:act:<action>`: what that action's declaration names as its powers, which only that group's binding allows:
//! in the tenant, or for what is done to nodes in the whole cluster.

mod access;
mod answers;
mod connection;
mod discovery;
mod door;
mod effects;
mod failure;
mod grants;
mod kubernetes;
mod listing;
mod logs;
mod person;
mod places;
mod projection;
mod reap;
mod registry;
mod settings;
#[cfg(test)]
mod testkit;
mod watches;
mod who_can;

pub use connection::ConnectError;
pub use kubernetes::KubernetesCluster;
pub use reap::{Reaped, Reaper};
pub use registry::{RegisteredClusters, RegistrationError};
pub use settings::{BearerToken, ClusterSettings, ClusterSource, ExecPlugins};
