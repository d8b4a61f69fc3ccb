//! What will happen, computed now: what requester and approver see before they agree.

use serde::{Deserialize, Serialize};

use super::DryRunVerdict;
use crate::{
    canonical::{Digest, NotCanonical},
    resources::{BudgetRow, PodRow, WorkloadRow},
    time::Timestamp,
};

/// What will happen, as computed at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewReport {
    /// What the cluster would say.
    pub dry_run: DryRunVerdict,
    /// How far it reaches.
    pub blast_radius: BlastRadius,
    /// The target's status at that moment, as `kubectl` prints it.
    pub target_status: String,
    /// The version of the target that was read.
    pub resource_version: String,
    /// That moment.
    pub computed_at: Timestamp,
}

/// How far an action on a pod reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlastRadius {
    /// The workload that the pod belongs to.
    pub workload: Option<WorkloadImpact>,
    /// The disruption budgets that cover the pod.
    pub budgets: Vec<BudgetImpact>,
    /// What will take the pod's place.
    pub replacement: Replacement,
}

/// A workload before the action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadImpact {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Replicas ready now.
    pub ready: u32,
    /// Replicas ready while the pod is away.
    pub ready_without: u32,
    /// Replicas wanted.
    pub desired: u32,
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

impl PreviewReport {
    /// What a signature commits to, together with the request's digest: SHA-256 over the canonical
    /// JSON, marked `sekisho/preview/v1`, of all that a person judges by. The moment and the version
    /// read are evidence only: they move while nothing that matters does.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            dry_run: &'a DryRunVerdict,
            blast_radius: &'a BlastRadius,
            target_status: &'a str,
        }
        Digest::of_canonical(&Versioned {
            r#type: "sekisho/preview/v1",
            dry_run: &self.dry_run,
            blast_radius: &self.blast_radius,
            target_status: &self.target_status,
        })
    }
}

impl BlastRadius {
    /// How far losing this pod reaches, by what the watches know of its surroundings.
    #[must_use]
    pub fn of_losing<'a>(
        pod: &PodRow,
        workload: Option<&WorkloadRow>,
        budgets: impl IntoIterator<Item = &'a BudgetRow>,
    ) -> Self {
        let replacement = match &pod.owner {
            Some(owner) => {
                Replacement::Controller { kind: owner.kind.clone(), name: owner.name.clone() }
            }
            None => Replacement::Nothing,
        };
        Self {
            workload: workload.map(|workload| WorkloadImpact {
                kind: workload.kind.to_string(),
                name: workload.name.to_string(),
                ready: workload.ready,
                ready_without: workload.ready.saturating_sub(u32::from(pod.is_ready())),
                desired: workload.desired,
            }),
            budgets: budgets
                .into_iter()
                .filter(|budget| budget.covers(&pod.labels))
                .map(BudgetImpact::from)
                .collect(),
            replacement,
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
