//! Workloads that controllers keep, and what scenarios wait for about them.

use std::sync::Arc;

use domain::{
    actions::TargetKind,
    resources::{PodRow, WorkloadKind, WorkloadRow},
};
use k8s_openapi::api::core::v1::ResourceQuota;
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams},
    core::{DynamicObject, GroupVersionKind},
    discovery::ApiResource,
};
use serde_json::{Value, json};

use crate::stage::{Stage, eventually};

/// What a template's annotations say so that its pods fall ill, to either ground's kubelet.
pub(crate) fn ailing(how: &str) -> Value {
    json!({"sekisho.dev/fake": how, "sekisho.dev/demo": how})
}

fn spec_of(name: &str, annotations: Value) -> Value {
    json!({
        "selector": {"matchLabels": {"app": name}},
        "template": {"metadata": {"labels": {"app": name}, "annotations": annotations}, "spec": pod_spec()},
    })
}

fn pod_spec() -> Value {
    json!({"automountServiceAccountToken": false, "containers": [
        {"name": "main", "image": "registry.kawase.example/api:1"},
        {"name": "proxy", "image": "registry.kawase.example/proxy:1"},
    ]})
}

/// A pod that the scheduler takes, like any other.
pub(crate) fn scheduled_pod(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": {"app": name}}, "spec": pod_spec()})
}

/// A deployment whose pods are healthy unless these annotations say otherwise.
pub(crate) fn deployment(name: &str, replicas: u32, annotations: Value) -> Value {
    let mut spec = spec_of(name, annotations);
    spec["replicas"] = replicas.into();
    json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": spec})
}

/// A replica set that no deployment keeps.
pub(crate) fn replica_set(name: &str, replicas: u32) -> Value {
    let mut spec = spec_of(name, json!({}));
    spec["replicas"] = replicas.into();
    json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": name}, "spec": spec})
}

/// A stateful set.
pub(crate) fn stateful_set(name: &str, replicas: u32) -> Value {
    let mut spec = spec_of(name, json!({}));
    spec["replicas"] = replicas.into();
    spec["serviceName"] = name.into();
    json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": name}, "spec": spec})
}

/// A daemon set.
pub(crate) fn daemon_set(name: &str) -> Value {
    let spec = spec_of(name, json!({}));
    json!({"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": name}, "spec": spec})
}

/// What a job runs.
fn job_spec(annotations: Value) -> Value {
    let mut pod = pod_spec();
    pod["restartPolicy"] = "Never".into();
    json!({"backoffLimit": 0, "template": {"metadata": {"annotations": annotations}, "spec": pod}})
}

/// A job that runs until it is ended, unless these annotations say otherwise.
pub(crate) fn job(name: &str, annotations: Value) -> Value {
    json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": job_spec(annotations)})
}

impl Stage {
    /// Everything as the API serves it, read and written as an administrator.
    pub(crate) async fn api(&self, kind: TargetKind) -> Api<DynamicObject> {
        let version = match kind {
            TargetKind::Pod | TargetKind::Node => "v1",
            TargetKind::Deployment | TargetKind::StatefulSet | TargetKind::DaemonSet => "apps/v1",
            TargetKind::Job => "batch/v1",
            TargetKind::CronJob => self.cron_jobs().await,
            TargetKind::HorizontalPodAutoscaler => self.autoscalers().await,
        };
        let (group, version) = version.rsplit_once('/').unwrap_or(("", version));
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind.as_str()));
        if kind.is_cluster_wide() {
            return Api::all_with(self.admin.clone(), &resource);
        }
        Api::namespaced_with(self.admin.clone(), self.namespace.as_str(), &resource)
    }

    async fn cron_jobs(&self) -> &'static str {
        self.served("cronjobs", &["batch/v1", "batch/v1beta1"]).await
    }

    async fn autoscalers(&self) -> &'static str {
        self.served("horizontalpodautoscalers", &["autoscaling/v2", "autoscaling/v1"]).await
    }

    /// Creates a cron job that starts nothing by itself while a scenario is played.
    pub(crate) async fn create_cron_job(&self, name: &str, annotations: Value) {
        let template =
            json!({"metadata": {"labels": {"app": name}}, "spec": job_spec(annotations)});
        let spec = json!({"schedule": "0 0 29 2 *", "jobTemplate": template});
        let version = self.cron_jobs().await;
        self.create(json!({"apiVersion": version, "kind": "CronJob", "metadata": {"name": name}, "spec": spec})).await;
    }

    /// Creates an autoscaler of a deployment of the same name.
    pub(crate) async fn create_autoscaler(&self, name: &str, least: u32, most: u32) {
        let minded = json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": name});
        let spec = json!({"scaleTargetRef": minded, "minReplicas": least, "maxReplicas": most});
        let version = self.autoscalers().await;
        self.create(json!({"apiVersion": version, "kind": "HorizontalPodAutoscaler", "metadata": {"name": name}, "spec": spec})).await;
    }

    /// An object as it is now.
    pub(crate) async fn object(&self, kind: TargetKind, name: &str) -> Value {
        serde_json::to_value(self.api(kind).await.get(name).await.unwrap()).unwrap()
    }

    /// Somebody else changes an object.
    pub(crate) async fn patch(&self, kind: TargetKind, name: &str, patch: Value) {
        let patch = Patch::Merge(patch);
        self.api(kind).await.patch(name, &PatchParams::default(), &patch).await.unwrap();
    }

    /// Somebody else deletes a deployment, and all it kept.
    pub(crate) async fn end_deployment(&self, name: &str) {
        let at_once = DeleteParams::background();
        self.api(TargetKind::Deployment).await.delete(name, &at_once).await.unwrap();
        self.until(&format!("the end of {name}"), || {
            let gone = self.workload(WorkloadKind::Deployment, name).is_none();
            (gone && self.pods_of(name).is_empty()).then_some(())
        })
        .await;
    }

    /// Bounds what the namespace may hold, and waits until the bounds are in force.
    pub(crate) async fn quota(&self, hard: Value) {
        self.create(json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "bounds"}, "spec": {"hard": hard}})).await;
        let quotas: Api<ResourceQuota> =
            Api::namespaced(self.admin.clone(), self.namespace.as_str());
        eventually("the quota in force", async || {
            quotas.get_status("bounds").await.unwrap().status?.used.map(drop)
        })
        .await;
    }

    /// A workload as the watches show it.
    pub(crate) fn workload(&self, kind: WorkloadKind, name: &str) -> Option<Arc<WorkloadRow>> {
        let workloads = self.cluster.workloads(&self.namespace);
        workloads.into_iter().find(|row| row.kind == kind && row.name.as_str() == name)
    }

    /// Creates a workload and waits until all of its pods are ready.
    pub(crate) async fn bring_up_workload(&self, object: Value) -> Arc<WorkloadRow> {
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        let kind = match object["kind"].as_str().unwrap() {
            "Deployment" => WorkloadKind::Deployment,
            "StatefulSet" => WorkloadKind::StatefulSet,
            "DaemonSet" => WorkloadKind::DaemonSet,
            "ReplicaSet" => WorkloadKind::ReplicaSet,
            other => panic!("{other}"),
        };
        self.create(object).await;
        self.rolled_out(kind, &name, 1).await
    }

    /// Waits until a workload of that generation at least has nothing but ready pods of its newest template.
    pub(crate) async fn rolled_out(
        &self,
        kind: WorkloadKind,
        name: &str,
        generation: i64,
    ) -> Arc<WorkloadRow> {
        self.until(&format!("{name} rolled out"), || {
            let row = self.workload(kind, name)?;
            let arrived = row.desired > 0
                && [row.ready, row.total, row.updated].iter().all(|number| *number == row.desired);
            let pods = self.pods_of(name);
            let seen = pods.len() == row.desired as usize && pods.iter().all(|pod| pod.is_ready());
            (arrived && seen && !row.settling && row.generation >= generation).then_some(row)
        })
        .await
    }

    /// The pods of that application, in order, as the watches show them.
    pub(crate) fn pods_of(&self, app: &str) -> Vec<Arc<PodRow>> {
        let mut pods = self.cluster.pods(&self.namespace);
        pods.retain(|pod| pod.labels.get("app").is_some_and(|of| of == app));
        pods.sort_by(|one, other| one.uid.cmp(&other.uid));
        pods
    }
}
