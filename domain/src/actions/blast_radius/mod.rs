//! How far an action reaches, told from the object itself and from what the watches know of its surroundings.

mod strategy;
mod surroundings;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use surroundings::Around;
pub use surroundings::Surroundings;

use self::strategy::at_once;
use super::{Reach, Snapshot, TargetKind, TenantReach, Unseen};
use crate::resources::{BudgetRow, PodRow, WorkloadRow, is_kept_by};

/// How far an action reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlastRadius {
    /// The workload that it reaches.
    pub workload: Option<WorkloadImpact>,
    /// The disruption budgets that cover the pods it takes away.
    pub budgets: Vec<BudgetImpact>,
    /// The Services that send requests to those pods.
    pub services: Vec<ServiceImpact>,
    /// The autoscaler that minds the workload.
    pub scaler: Option<ScalerImpact>,
    /// What takes the place of the pod it takes away; absent where it takes none, or the workload's in turn.
    pub replacement: Option<Replacement>,
    /// What happens pod by pod, tenant by tenant, where they are taken away in waves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<TenantReach>,
    /// What happens where the person may not look.
    #[serde(default, skip_serializing_if = "Unseen::is_none")]
    pub unseen: Unseen,
}

/// A workload before and under the action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadImpact {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Replicas wanted now.
    pub desired: u32,
    /// Replicas wanted from then on.
    pub desired_after: u32,
    /// Replicas ready now.
    pub ready: u32,
    /// The least replicas ready while it happens.
    pub ready_after: u32,
    /// Whether a rollout is under way already.
    pub rolling_out: bool,
}

/// A disruption budget before the action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetImpact {
    /// Its name.
    pub name: String,
    /// Pods that may be disrupted now.
    pub allowed: u32,
    /// Healthy pods it counts.
    pub healthy: u32,
    /// Healthy pods it demands.
    pub demanded: u32,
}

/// A Service before and under the action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceImpact {
    /// Its name.
    pub name: String,
    /// Ready pods behind it now.
    pub ready: u32,
    /// The least ready pods behind it while it happens.
    pub ready_after: u32,
}

/// The autoscaler that minds a workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalerImpact {
    /// Its name.
    pub name: String,
    /// The least replicas that it chooses.
    pub least: u32,
    /// The most.
    pub most: u32,
}

/// What takes the place of a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Replacement {
    /// Its controller makes a new one.
    Controller {
        /// The controller's kind.
        kind: String,
        /// The controller's name.
        name: String,
    },
    /// Nothing: nobody keeps it, and it will not come back.
    Nothing,
}

impl BlastRadius {
    /// How far an action reaches that takes away so many pods of this target.
    #[must_use]
    pub fn of(snapshot: &Snapshot, reach: Reach, around: Surroundings<'_>) -> Self {
        match snapshot.target.kind {
            TargetKind::Pod => Self::of_pod(snapshot, reach, around),
            TargetKind::Deployment | TargetKind::StatefulSet | TargetKind::DaemonSet => {
                Self::of_workload(snapshot, reach, around)
            }
            TargetKind::HorizontalPodAutoscaler => Self::of_scaler(snapshot, reach, around),
            TargetKind::CronJob | TargetKind::Job | TargetKind::Node => Self::default(),
        }
    }

    fn of_pod(snapshot: &Snapshot, reach: Reach, around: Surroundings<'_>) -> Self {
        let pod = &snapshot.object;
        let owner = controller_of(pod);
        let lost = reach == Reach::ThePod;
        // What has ended was replaced long ago, if it was to be.
        let has_ended =
            ["Failed", "Succeeded"].iter().any(|phase| pod["status"]["phase"] == *phase);
        let replacement = match &owner {
            Some((kind, name, _)) => {
                Replacement::Controller { kind: kind.clone(), name: name.clone() }
            }
            None => Replacement::Nothing,
        };
        let workload = owner.and_then(|(_, _, uid)| keeper(&uid, around.workloads));
        let ready_lost = u32::from(lost && is_ready(pod));
        let labels = labels(&pod["metadata"]);
        Self {
            services: around.behind(&[&labels], |_| ready_lost),
            scaler: workload
                .and_then(|row| around.scaler(&row.kind.to_string(), row.name.as_str())),
            workload: workload.map(|row| WorkloadImpact {
                ready_after: row.ready.saturating_sub(ready_lost),
                ..WorkloadImpact::from(row)
            }),
            budgets: around.covering(&[&labels]),
            replacement: (lost && !has_ended).then_some(replacement),
            ..Self::default()
        }
    }

    /// An autoscaler takes pods away from the workload that it minds, down to its most.
    fn of_scaler(snapshot: &Snapshot, reach: Reach, around: Surroundings<'_>) -> Self {
        let scaled = &snapshot.object["spec"]["scaleTargetRef"];
        let row = around.workloads.iter().find(|row| {
            scaled["kind"] == row.kind.to_string() && scaled["name"] == row.name.as_str()
        });
        let workload = row.map(|row| {
            let desired_after = match reach {
                Reach::Within { least, most } => row.desired.max(least).min(most),
                _ => row.desired,
            };
            WorkloadImpact {
                desired_after,
                ready_after: row.ready.min(desired_after),
                ..WorkloadImpact::from(row.as_ref())
            }
        });
        Self { workload, ..Self::default() }
    }

    fn of_workload(snapshot: &Snapshot, reach: Reach, around: Surroundings<'_>) -> Self {
        let object = &snapshot.object;
        let count = Counts::of(object);
        let (desired_after, ready_after) = match reach {
            Reach::NoPod | Reach::Within { .. } => (count.desired, count.ready),
            Reach::ThePod => (count.desired, count.ready.saturating_sub(1)),
            Reach::EachInTurn => {
                let missing = at_once(snapshot.target.kind, object, count.desired);
                (count.desired, count.ready.saturating_sub(missing))
            }
            Reach::DownTo(replicas) => (replicas, count.ready.min(replicas)),
            Reach::InWaves { missing } => (count.desired, count.ready.saturating_sub(missing)),
        };
        let row = around.workloads.iter().find(|row| row.uid == snapshot.target.uid);
        let labels = labels(&object["spec"]["template"]["metadata"]);
        let lost = count.ready.saturating_sub(ready_after);
        let kept = |pod: &PodRow| row.is_some_and(|row| is_kept_by(pod, row, around.workloads));
        let target = &snapshot.target;
        Self {
            services: match reach {
                Reach::NoPod => Vec::new(),
                _ => around.behind(&[&labels], |ready| {
                    let own = ready.iter().filter(|pod| kept(pod)).count();
                    u32::try_from(own).unwrap_or(u32::MAX).min(lost)
                }),
            },
            scaler: around.scaler(target.kind.as_str(), target.name.as_str()),
            workload: Some(WorkloadImpact {
                kind: snapshot.target.kind.to_string(),
                name: snapshot.target.name.to_string(),
                desired: count.desired,
                desired_after,
                ready: count.ready,
                ready_after,
                rolling_out: row.is_some_and(|row| row.is_rolling_out()),
            }),
            budgets: match reach {
                Reach::NoPod => Vec::new(),
                _ => around.covering(&[&labels]),
            },
            ..Self::default()
        }
    }
}

struct Counts {
    desired: u32,
    ready: u32,
}

impl Counts {
    fn of(object: &Value) -> Self {
        let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
        let (spec, status) = (&object["spec"], &object["status"]);
        let first = |values: [&Value; 2]| values.into_iter().find_map(number);
        Self {
            desired: first([&status["desiredNumberScheduled"], &spec["replicas"]]).unwrap_or(1),
            ready: first([&status["numberReady"], &status["readyReplicas"]]).unwrap_or(0),
        }
    }
}

/// The controller that keeps an object: its kind, name and UID.
fn controller_of(object: &Value) -> Option<(String, String, String)> {
    let owners = object["metadata"]["ownerReferences"].as_array()?;
    let owner = owners.iter().find(|owner| owner["controller"] == true)?;
    let text = |field: &str| owner[field].as_str().map(str::to_owned);
    Some((text("kind")?, text("name")?, text("uid")?))
}

/// The workload that people know: the Deployment above a `ReplicaSet`, or the controller itself.
pub(super) fn keeper<'a>(uid: &str, workloads: &'a [Arc<WorkloadRow>]) -> Option<&'a WorkloadRow> {
    let row = workloads.iter().find(|row| row.uid == uid)?;
    let above =
        row.owner.as_ref().and_then(|owner| workloads.iter().find(|it| it.uid == owner.uid));
    Some(above.unwrap_or(row))
}

fn is_ready(pod: &Value) -> bool {
    let conditions = pod["status"]["conditions"].as_array();
    let ready = |condition: &Value| condition["type"] == "Ready" && condition["status"] == "True";
    conditions.is_some_and(|conditions| conditions.iter().any(ready))
        && pod["metadata"]["deletionTimestamp"].is_null()
}

fn labels(metadata: &Value) -> BTreeMap<String, String> {
    let labels = metadata["labels"].as_object();
    labels
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// As it stands, with nothing taken away.
impl From<&WorkloadRow> for WorkloadImpact {
    fn from(row: &WorkloadRow) -> Self {
        Self {
            kind: row.kind.to_string(),
            name: row.name.to_string(),
            desired: row.desired,
            desired_after: row.desired,
            ready: row.ready,
            ready_after: row.ready,
            rolling_out: row.is_rolling_out(),
        }
    }
}

impl From<&BudgetRow> for BudgetImpact {
    fn from(budget: &BudgetRow) -> Self {
        Self {
            name: budget.name.to_string(),
            allowed: budget.allowed,
            healthy: budget.healthy,
            demanded: budget.demanded,
        }
    }
}
