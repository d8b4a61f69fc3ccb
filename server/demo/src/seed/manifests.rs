//! From a row of the company to the manifests a deployment pipeline would apply.
//!
//! Never writes a status.

use serde_json::{Value, json};

use super::{
    company::Tenant,
    labels,
    workload::{Budget, Shape, Trouble, Workload},
};
use crate::controllers::behaviour::ANNOTATION;

pub(super) fn namespace(name: &str, team: &str) -> Value {
    let labels = if team.is_empty() { json!({}) } else { json!({ "kawase.example/team": team }) };
    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name, "labels": labels } })
}

/// Everything that belongs to a workload.
pub(super) fn of(tenant: &Tenant, workload: &Workload) -> Vec<Value> {
    let metadata = metadata(tenant, workload);
    let account = json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata });
    let template = template(tenant, workload, workload.tag, behaviour(workload.trouble));
    let mut objects = vec![account];
    match workload.shape {
        Shape::CronJob { schedule } => {
            objects.push(cron_job(&metadata, schedule, &template));
            objects.push(job(&metadata, &template));
        }
        Shape::DaemonSet => objects.push(controller("DaemonSet", &metadata, workload, &template)),
        Shape::Deployment => {
            objects.push(controller("Deployment", &metadata, workload, &template));
            objects.push(service(&metadata, workload));
        }
        Shape::StatefulSet => {
            objects.push(controller("StatefulSet", &metadata, workload, &template));
            objects.push(service(&metadata, workload));
        }
    }
    objects.extend(budget(&metadata, workload));
    objects
}

/// A later version of a deployment, whose image cannot be pulled.
pub(super) fn rollout(tenant: &Tenant, workload: &Workload, tag: &str) -> Value {
    let template = template(tenant, workload, tag, Some("image-pull"));
    controller("Deployment", &metadata(tenant, workload), workload, &template)
}

fn metadata(tenant: &Tenant, workload: &Workload) -> Value {
    let labels = labels(tenant, workload.name);
    json!({ "name": workload.name, "namespace": tenant.namespace, "labels": labels })
}

fn behaviour(trouble: Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::None | Trouble::OneCrashes { .. } | Trouble::StuckRollout { .. } => None,
        Trouble::CrashLoop { .. } => Some("crash-loop"),
        Trouble::Pending => Some("pending"),
        Trouble::NeverReady => Some("never-ready"),
    }
}

fn selector(workload: &Workload) -> Value {
    json!({ "app.kubernetes.io/name": workload.name })
}

fn controller(kind: &str, metadata: &Value, workload: &Workload, template: &Value) -> Value {
    let mut spec =
        json!({ "selector": { "matchLabels": selector(workload) }, "template": template });
    if workload.shape != Shape::DaemonSet {
        spec["replicas"] = json!(workload.replicas);
    }
    if workload.shape == Shape::StatefulSet {
        spec["serviceName"] = json!(workload.name);
    }
    json!({ "apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": spec })
}

fn template(tenant: &Tenant, workload: &Workload, tag: &str, behaviour: Option<&str>) -> Value {
    let mut labels = labels(tenant, workload.name);
    labels["app.kubernetes.io/version"] = json!(tag);
    let mut metadata = json!({ "labels": labels });
    if let Some(behaviour) = behaviour {
        metadata["annotations"] = json!({ ANNOTATION: behaviour });
    }
    let probe =
        |path: &str| json!({ "httpGet": { "path": path, "port": "http" }, "periodSeconds": 10 });
    json!({
        "metadata": metadata,
        "spec": {
            "serviceAccountName": workload.name,
            "securityContext": { "runAsNonRoot": true, "seccompProfile": { "type": "RuntimeDefault" } },
            "containers": [{
                "name": workload.name,
                "image": format!("registry.kawase.example/{}/{}:{tag}", tenant.namespace, workload.name),
                "ports": [{ "name": "http", "containerPort": 8080, "protocol": "TCP" }],
                "resources": {
                    "requests": { "cpu": "100m", "memory": workload.memory },
                    "limits": { "memory": workload.memory },
                },
                "readinessProbe": probe("/ready"),
                "livenessProbe": probe("/live"),
                "securityContext": { "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true },
            }],
        },
    })
}

fn service(metadata: &Value, workload: &Workload) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Service", "metadata": metadata,
        "spec": {
            "selector": selector(workload),
            "ports": [{ "name": "http", "port": 80, "targetPort": "http", "protocol": "TCP" }],
        },
    })
}

fn budget(metadata: &Value, workload: &Workload) -> Option<Value> {
    let mut spec = match workload.budget {
        Budget::None => return None,
        Budget::AtLeast(pods) => json!({ "minAvailable": pods }),
        Budget::AtMost(pods) => json!({ "maxUnavailable": pods }),
    };
    spec["selector"] = json!({ "matchLabels": selector(workload) });
    Some(json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": metadata, "spec": spec,
    }))
}

fn cron_job(metadata: &Value, schedule: &str, template: &Value) -> Value {
    json!({
        "apiVersion": "batch/v1", "kind": "CronJob", "metadata": metadata,
        "spec": { "schedule": schedule, "jobTemplate": { "spec": { "template": template } } },
    })
}

/// The last run of a cron job.
fn job(metadata: &Value, template: &Value) -> Value {
    let mut metadata = metadata.clone();
    metadata["name"] = json!(format!("{}-29384720", metadata["name"].as_str().unwrap_or_default()));
    let mut template = template.clone();
    template["spec"]["restartPolicy"] = json!("OnFailure");
    template["metadata"]["annotations"] = json!({ ANNOTATION: "completes" });
    json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": { "template": template } })
}
