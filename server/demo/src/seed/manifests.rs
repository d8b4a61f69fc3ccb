//! From a row of the company to the manifests a deployment pipeline would apply.
//!
//! Never writes a status.

use serde_json::{Value, json};

use super::{
    company::Tenant,
    labels,
    release::Release,
    workload::{Budget, Scaling, Shape, Trouble, Workload},
};
use crate::controllers::behaviour::ANNOTATION;

pub(super) fn namespace(name: &str, team: &str) -> Value {
    let labels = if team.is_empty() { json!({}) } else { json!({ "kawase.example/team": team }) };
    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name, "labels": labels } })
}

/// Everything that belongs to a workload, as one of its releases had it.
pub(super) fn of(tenant: &Tenant, workload: &Workload, release: Release) -> Vec<Value> {
    let metadata = metadata(tenant, workload);
    let account = json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata });
    let is_present = release == workload.release;
    let behaviour = if is_present { behaviour(workload.trouble) } else { None };
    let template = template(tenant, workload, release, behaviour);
    let mut objects = vec![account];
    match workload.shape {
        Shape::CronJob { schedule } => objects.push(cron_job(&metadata, schedule, &template)),
        Shape::Job { completions } => {
            objects.push(job(&metadata, completions, workload.replicas, &template));
        }
        Shape::DaemonSet => objects.push(controller("DaemonSet", &metadata, workload, &template)),
        Shape::Deployment => {
            objects.push(deployment(&metadata, workload, release, &template));
            objects.push(service(&metadata, workload));
        }
        Shape::StatefulSet => {
            objects.push(controller("StatefulSet", &metadata, workload, &template));
            objects.push(service(&metadata, workload));
        }
    }
    objects.extend(budget(&metadata, workload));
    objects.extend(autoscaler(&metadata, workload));
    objects
}

/// A later version of a deployment, whose image cannot be pulled.
pub(super) fn stuck(tenant: &Tenant, workload: &Workload, tag: &'static str) -> Value {
    let release = Release { tag, ..workload.release };
    let template = template(tenant, workload, release, Some("image-pull"));
    deployment(&metadata(tenant, workload), workload, release, &template)
}

/// A later version of a deployment, and the same paused.
pub(super) fn paused(tenant: &Tenant, workload: &Workload, tag: &'static str) -> [Value; 2] {
    let release = Release { tag, ..workload.release };
    let template = template(tenant, workload, release, None);
    let begun = deployment(&metadata(tenant, workload), workload, release, &template);
    let mut paused = begun.clone();
    paused["spec"]["paused"] = json!(true);
    [begun, paused]
}

/// A cron job whose schedule does not count for now.
pub(super) fn suspended(tenant: &Tenant, workload: &Workload, schedule: &str) -> Value {
    let template = template(tenant, workload, workload.release, None);
    let mut suspended = cron_job(&metadata(tenant, workload), schedule, &template);
    suspended["spec"]["suspend"] = json!(true);
    suspended
}

fn metadata(tenant: &Tenant, workload: &Workload) -> Value {
    let labels = labels(tenant, workload.name);
    json!({ "name": workload.name, "namespace": tenant.namespace, "labels": labels })
}

fn behaviour(trouble: Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::None
        | Trouble::OneCrashes { .. }
        | Trouble::StuckRollout { .. }
        | Trouble::Paused { .. }
        | Trouble::Suspended { .. } => None,
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

/// A deployment that tells who released what.
fn deployment(metadata: &Value, workload: &Workload, release: Release, template: &Value) -> Value {
    let mut deployment = controller("Deployment", metadata, workload, template);
    let cause = format!("kawase-deploy: {} {}", workload.name, release.tag);
    deployment["metadata"]["annotations"] = json!({ "kubernetes.io/change-cause": cause });
    deployment
}

fn template(
    tenant: &Tenant,
    workload: &Workload,
    release: Release,
    behaviour: Option<&str>,
) -> Value {
    let tag = release.tag;
    let variable = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
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
                "env": release.env.iter().map(variable).collect::<Vec<_>>(),
                "resources": {
                    "requests": { "cpu": "100m", "memory": release.memory },
                    "limits": { "cpu": "1", "memory": release.memory },
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

/// A schedule whose runs end well. Too late is not run at all, so that no run is told at a wrong time.
fn cron_job(metadata: &Value, schedule: &str, template: &Value) -> Value {
    let mut template = template.clone();
    template["spec"]["restartPolicy"] = json!("OnFailure");
    template["metadata"]["annotations"] = json!({ ANNOTATION: "completes" });
    let labels = &metadata["labels"];
    json!({
        "apiVersion": "batch/v1", "kind": "CronJob", "metadata": metadata,
        "spec": {
            "schedule": schedule,
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 300,
            "jobTemplate": { "metadata": { "labels": labels }, "spec": { "template": template } },
        },
    })
}

/// A job with a long way to go.
fn job(metadata: &Value, completions: u8, parallelism: u8, template: &Value) -> Value {
    let mut template = template.clone();
    template["spec"]["restartPolicy"] = json!("OnFailure");
    json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata,
        "spec": { "completions": completions, "parallelism": parallelism, "template": template },
    })
}

fn autoscaler(metadata: &Value, workload: &Workload) -> Option<Value> {
    let Scaling::Between(least, most) = workload.scaling else {
        return None;
    };
    let target = json!({ "apiVersion": "apps/v1", "kind": "Deployment", "name": workload.name });
    Some(json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": metadata,
        "spec": { "scaleTargetRef": target, "minReplicas": least, "maxReplicas": most },
    }))
}
