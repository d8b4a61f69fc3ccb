//! Where each kind of target is served: its path, in the newest version that both sides know.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use domain::{
    actions::TargetKind,
    names::{Namespace, ObjectName},
    resources::ClusterError,
};
use kube::Client;

use super::{discovery::serves, failure::within_time};

/// Where objects of one kind are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    prefix: &'static str,
    plural: &'static str,
    scope: Scope,
}

/// Whether paths name a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Namespaced,
    Cluster,
}

impl Place {
    /// The path of all of a namespace; of what belongs to none, of all there are.
    pub(super) fn collection(self, namespace: &Namespace) -> String {
        let Self { prefix, plural, scope } = self;
        match scope {
            Scope::Namespaced => format!("{prefix}/namespaces/{namespace}/{plural}"),
            Scope::Cluster => format!("{prefix}/{plural}"),
        }
    }

    /// The path of one.
    pub(super) fn object(self, namespace: &Namespace, name: &ObjectName) -> String {
        format!("{}/{name}", self.collection(namespace))
    }
}

/// The versions of a kind, newest first.
fn versions(kind: TargetKind) -> &'static [Place] {
    const fn place(prefix: &'static str, plural: &'static str) -> Place {
        Place { prefix, plural, scope: Scope::Namespaced }
    }
    const POD: &[Place] = &[place("/api/v1", "pods")];
    const DEPLOYMENT: &[Place] = &[place("/apis/apps/v1", "deployments")];
    const STATEFUL_SET: &[Place] = &[place("/apis/apps/v1", "statefulsets")];
    const DAEMON_SET: &[Place] = &[place("/apis/apps/v1", "daemonsets")];
    const JOB: &[Place] = &[place("/apis/batch/v1", "jobs")];
    // The second until 1.24; before 1.21 there is no other.
    const CRON_JOB: &[Place] =
        &[place("/apis/batch/v1", "cronjobs"), place("/apis/batch/v1beta1", "cronjobs")];
    // Before 1.23 there is only the second without beta.
    const AUTOSCALER: &[Place] = &[
        place("/apis/autoscaling/v2", "horizontalpodautoscalers"),
        place("/apis/autoscaling/v1", "horizontalpodautoscalers"),
    ];
    const NODE: &[Place] = &[Place { scope: Scope::Cluster, ..place("/api/v1", "nodes") }];
    match kind {
        TargetKind::Pod => POD,
        TargetKind::Deployment => DEPLOYMENT,
        TargetKind::StatefulSet => STATEFUL_SET,
        TargetKind::DaemonSet => DAEMON_SET,
        TargetKind::Job => JOB,
        TargetKind::CronJob => CRON_JOB,
        TargetKind::HorizontalPodAutoscaler => AUTOSCALER,
        TargetKind::Node => NODE,
    }
}

/// The places of one cluster, asked for once where a kind has several.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<BTreeMap<TargetKind, Place>>);

impl Places {
    /// Where a kind is served.
    pub(super) async fn of(
        &self,
        client: &Client,
        kind: TargetKind,
    ) -> Result<Place, ClusterError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&kind).copied();
        if let Some(place) = known {
            return Ok(place);
        }
        let place = match versions(kind) {
            [only] => *only,
            several => served(client, several).await?,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(kind, place);
        Ok(place)
    }

    /// What was known of a kind may hold no longer: the cluster may have been upgraded.
    pub(super) fn forget(&self, kind: TargetKind) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&kind);
    }
}

async fn served(client: &Client, versions: &[Place]) -> Result<Place, ClusterError> {
    for place in versions {
        let group_version = place.prefix.trim_start_matches("/apis/");
        if within_time(serves(client, group_version, place.plural)).await? {
            return Ok(*place);
        }
    }
    Err(ClusterError::NotFound)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cluster::testkit::cluster;

    #[tokio::test]
    async fn an_old_cluster_is_asked_for_the_version_it_has_and_only_once() {
        let (client, calls) = cluster(|call| async move {
            if call.path == "/apis/batch/v1beta1" {
                let served = json!({"name": "cronjobs", "kind": "CronJob", "namespaced": true, "singularName": "", "verbs": ["get"]});
                return (
                    200,
                    json!({"kind": "APIResourceList", "groupVersion": "batch/v1beta1", "resources": [served]}),
                );
            }
            (
                404,
                json!({"kind": "Status", "status": "Failure", "code": 404, "message": "", "reason": ""}),
            )
        });
        let places = Places::default();
        for _ in 0..2 {
            let place = places.of(&client, TargetKind::CronJob).await.unwrap();
            let path = place.object(&"ledger".parse().unwrap(), &"nightly".parse().unwrap());
            assert_eq!(path, "/apis/batch/v1beta1/namespaces/ledger/cronjobs/nightly");
        }
        assert_eq!(calls.count(), 2, "both versions, once");
        places.forget(TargetKind::CronJob);
        places.of(&client, TargetKind::CronJob).await.unwrap();
        assert_eq!(calls.count(), 4);
    }

    #[test]
    fn paths_name_a_namespace_just_where_a_kind_belongs_to_one() {
        for kind in TargetKind::ALL {
            let path = versions(kind)[0].object(&Namespace::platform(), &"a-1".parse().unwrap());
            assert_eq!(path.contains("/namespaces/"), !kind.is_cluster_wide(), "{path}");
        }
    }

    #[tokio::test]
    async fn what_has_one_version_is_not_asked_for() {
        let (client, calls) = cluster(|_| async { (500, json!({})) });
        let place = Places::default().of(&client, TargetKind::Deployment).await.unwrap();
        let path = place.collection(&"ledger".parse().unwrap());
        assert_eq!(path, "/apis/apps/v1/namespaces/ledger/deployments");
        assert_eq!(calls.count(), 0);
    }
}
