//! The kinds this cluster serves, as one table that feeds discovery, paths and the store.
//!
//! Never holds objects, only what is true of every object of a kind.

use std::cmp::Ordering;

/// One kind of object, served as one resource.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) group: &'static str,
    pub(crate) plural: &'static str,
    pub(crate) version: &'static str,
    pub(crate) name: &'static str,
    pub(crate) singular: &'static str,
    pub(crate) short: &'static [&'static str],
    pub(crate) scope: Scope,
    pub(crate) shape: Shape,
}

/// Whether objects of a kind live in a namespace.
#[derive(Debug, PartialEq)]
pub(crate) enum Scope {
    Cluster,
    Namespaced,
}

/// What a kind's objects are made of besides metadata.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    /// No `status` subresource.
    Plain,
    /// A `status` subresource, but no `metadata.generation`.
    Status,
    /// A `status` subresource, and a generation that counts changes of `spec`.
    Generation,
}

/// There is one static of each kind, so its address tells it apart.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Kind {}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        (self.plural, self.group).cmp(&(other.plural, other.group))
    }
}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Kind {
    /// `v1`, or `apps/v1`.
    pub(crate) fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    pub(crate) fn is_namespaced(&self) -> bool {
        self.scope == Scope::Namespaced
    }

    /// Whether it has a `scale` subresource.
    pub(crate) fn has_scale(&self) -> bool {
        [&DEPLOYMENT, &REPLICA_SET, &STATEFUL_SET].contains(&self)
    }

    pub(crate) fn has_status(&self) -> bool {
        self.shape != Shape::Plain
    }
}

/// The kind behind `kind` and `apiVersion` of an object.
pub(crate) fn of(api_version: &str, name: &str) -> Option<&'static Kind> {
    ALL.iter().copied().find(|kind| kind.name == name && kind.api_version() == api_version)
}

/// The kind served under a group, version and plural.
pub(crate) fn served(group: &str, version: &str, plural: &str) -> Option<&'static Kind> {
    ALL.iter()
        .copied()
        .find(|kind| kind.plural == plural && kind.group == group && kind.version == version)
}

macro_rules! kinds {
    ($($constant:ident = $group:literal $version:literal $name:literal $plural:literal $singular:literal
        [$($short:literal)*] $scope:ident $shape:ident;)*) => {
        $(pub(crate) static $constant: Kind = Kind {
            group: $group,
            plural: $plural,
            version: $version,
            name: $name,
            singular: $singular,
            short: &[$($short),*],
            scope: Scope::$scope,
            shape: Shape::$shape,
        };)*
        /// Every kind, in the order discovery lists them.
        pub(crate) static ALL: &[&Kind] = &[$(&$constant),*];
    };
}

kinds! {
    CONFIG_MAP = "" "v1" "ConfigMap" "configmaps" "configmap" ["cm"] Namespaced Plain;
    EVENT = "" "v1" "Event" "events" "event" ["ev"] Namespaced Plain;
    NAMESPACE = "" "v1" "Namespace" "namespaces" "namespace" ["ns"] Cluster Status;
    NODE = "" "v1" "Node" "nodes" "node" ["no"] Cluster Status;
    POD = "" "v1" "Pod" "pods" "pod" ["po"] Namespaced Status;
    SERVICE = "" "v1" "Service" "services" "service" ["svc"] Namespaced Status;
    SERVICE_ACCOUNT = "" "v1" "ServiceAccount" "serviceaccounts" "serviceaccount" ["sa"] Namespaced Plain;
    CONTROLLER_REVISION = "apps" "v1" "ControllerRevision" "controllerrevisions" "controllerrevision" [] Namespaced Plain;
    DAEMON_SET = "apps" "v1" "DaemonSet" "daemonsets" "daemonset" ["ds"] Namespaced Generation;
    DEPLOYMENT = "apps" "v1" "Deployment" "deployments" "deployment" ["deploy"] Namespaced Generation;
    REPLICA_SET = "apps" "v1" "ReplicaSet" "replicasets" "replicaset" ["rs"] Namespaced Generation;
    STATEFUL_SET = "apps" "v1" "StatefulSet" "statefulsets" "statefulset" ["sts"] Namespaced Generation;
    HORIZONTAL_POD_AUTOSCALER = "autoscaling" "v2" "HorizontalPodAutoscaler" "horizontalpodautoscalers" "horizontalpodautoscaler" ["hpa"] Namespaced Status;
    CRON_JOB = "batch" "v1" "CronJob" "cronjobs" "cronjob" ["cj"] Namespaced Generation;
    JOB = "batch" "v1" "Job" "jobs" "job" [] Namespaced Generation;
    ENDPOINT_SLICE = "discovery.k8s.io" "v1" "EndpointSlice" "endpointslices" "endpointslice" [] Namespaced Plain;
    POD_DISRUPTION_BUDGET = "policy" "v1" "PodDisruptionBudget" "poddisruptionbudgets" "poddisruptionbudget" ["pdb"] Namespaced Generation;
    CLUSTER_ROLE_BINDING = "rbac.authorization.k8s.io" "v1" "ClusterRoleBinding" "clusterrolebindings" "clusterrolebinding" [] Cluster Plain;
    CLUSTER_ROLE = "rbac.authorization.k8s.io" "v1" "ClusterRole" "clusterroles" "clusterrole" [] Cluster Plain;
    ROLE_BINDING = "rbac.authorization.k8s.io" "v1" "RoleBinding" "rolebindings" "rolebinding" [] Namespaced Plain;
    ROLE = "rbac.authorization.k8s.io" "v1" "Role" "roles" "role" [] Namespaced Plain;
}
