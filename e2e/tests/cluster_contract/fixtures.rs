//! The objects that scenarios are played with.

use k8s_openapi::api::core::v1::Pod;
use kube::{
    Api, Client, ResourceExt,
    api::{Patch, PatchParams, PostParams},
    core::{DynamicObject, GroupVersionKind},
    discovery::ApiResource,
};
use serde_json::{Value, json};

/// A pod that only the scenario itself brings to life: no scheduler takes it.
pub(crate) fn pod(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": {"app": name}},
        "spec": {"schedulerName": "nobody", "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 0,
            "containers": [{"name": "main", "image": "registry.kawase.example/api:1"}]}})
}

/// The status of a pod that serves.
pub(crate) fn running() -> Value {
    json!({"phase": "Running",
        "conditions": [{"type": "Ready", "status": "True"}, {"type": "ContainersReady", "status": "True"}],
        "containerStatuses": [{"name": "main", "image": "i", "imageID": "i", "ready": true, "started": true,
            "restartCount": 0, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]})
}

/// A budget over the pods labelled `app`, that wants this many of them available.
pub(crate) fn budget(name: &str, app: &str, min_available: u32, version: &str) -> Value {
    json!({"apiVersion": version, "kind": "PodDisruptionBudget", "metadata": {"name": name},
        "spec": {"minAvailable": min_available, "selector": {"matchLabels": {"app": app}}}})
}

/// Creates an object, in the namespace that it names or else in that one; one that is there already is left as it is.
pub(crate) async fn create(
    admin: &Client,
    namespace: Option<&str>,
    object: Value,
) -> DynamicObject {
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    let namespace = object.metadata.namespace.as_deref().or(namespace);
    let types = object.types.clone().unwrap();
    let gvk = GroupVersionKind::try_from(types).unwrap();
    let resource = ApiResource::from_gvk(&gvk);
    let api: Api<DynamicObject> = match namespace {
        Some(namespace) => Api::namespaced_with(admin.clone(), namespace, &resource),
        None => Api::all_with(admin.clone(), &resource),
    };
    match api.create(&PostParams::default(), &object).await {
        Err(kube::Error::Api(status)) if status.reason == "AlreadyExists" => {
            api.get(&object.name_any()).await.unwrap()
        }
        created => {
            created.unwrap_or_else(|error| panic!("{} {}: {error}", gvk.kind, object.name_any()))
        }
    }
}

/// Reports a pod's status as its kubelet would.
pub(crate) async fn report(admin: &Client, namespace: &str, pod: &str, status: Value) {
    let pods: Api<Pod> = Api::namespaced(admin.clone(), namespace);
    let patch = Patch::Merge(json!({"status": status}));
    pods.patch_status(pod, &PatchParams::default(), &patch).await.unwrap();
}

/// Labels a pod.
pub(crate) async fn label(admin: &Client, namespace: &str, pod: &str, key: &str, value: &str) {
    let pods: Api<Pod> = Api::namespaced(admin.clone(), namespace);
    let patch = Patch::Merge(json!({"metadata": {"labels": {key: value}}}));
    pods.patch(pod, &PatchParams::default(), &patch).await.unwrap();
}

/// Deletes a pod and waits until it is gone.
pub(crate) async fn delete(admin: &Client, namespace: &str, pod: &str) {
    let pods: Api<Pod> = Api::namespaced(admin.clone(), namespace);
    pods.delete(pod, &kube::api::DeleteParams::default().grace_period(0)).await.unwrap();
    super::stage::eventually(&format!("the end of {pod}"), async || {
        pods.get_opt(pod).await.unwrap().is_none().then_some(())
    })
    .await;
}
