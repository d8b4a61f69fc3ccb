//! Namespaces, workloads and disruption budgets as the pages show them.

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::pod::{ConditionRow, OwnerRow, PodRow};
use crate::{
    names::{Namespace, ObjectName},
    time::Timestamp,
};

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamespaceRow {
    /// Its name.
    pub name: Namespace,
    /// The cluster's identifier of this very namespace.
    pub uid: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its deletion was asked for.
    pub deleting_since: Option<Timestamp>,
}

/// The kinds of workload that are watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkloadKind {
    /// apps/v1 Deployment.
    Deployment,
    /// apps/v1 `StatefulSet`.
    StatefulSet,
    /// apps/v1 `DaemonSet`.
    DaemonSet,
    /// apps/v1 `ReplicaSet`; shown where no Deployment owns it.
    ReplicaSet,
    /// batch/v1 Job.
    Job,
    /// batch/v1 (batch/v1beta1 before 1.21) `CronJob`.
    CronJob,
}

impl fmt::Display for WorkloadKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deployment => "Deployment",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::ReplicaSet => "ReplicaSet",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
        })
    }
}

/// A workload: what keeps pods running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadRow {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its kind.
    pub kind: WorkloadKind,
    /// Its name.
    pub name: ObjectName,
    /// The cluster's identifier of this very object.
    pub uid: String,
    /// The controller that keeps it: the Deployment of a `ReplicaSet`, the `CronJob` of a Job.
    pub owner: Option<OwnerRow>,
    /// Replicas wanted; for a Job its completions, for a `CronJob` none.
    pub desired: u32,
    /// Replicas ready; for a Job its successes.
    pub ready: u32,
    /// Replicas that there are, of whatever template.
    pub total: u32,
    /// Replicas of the newest template.
    pub updated: u32,
    /// Replicas that the `partition` of a `StatefulSet` leaves as they are when its template changes.
    pub held_back: u32,
    /// Replicas ready for long enough to count.
    pub available: u32,
    /// The images of its template.
    pub images: Vec<String>,
    /// `status.conditions`.
    pub conditions: Vec<ConditionRow>,
    /// When it was created.
    pub created_at: Timestamp,
    /// How often its spec changed.
    pub generation: i64,
    /// The generation the controller has seen lags behind the object's.
    pub settling: bool,
}

impl WorkloadRow {
    /// Whether pods of the newest template are still to come or older ones to go.
    #[must_use]
    pub fn is_rolling_out(&self) -> bool {
        let rolls = matches!(
            self.kind,
            WorkloadKind::Deployment | WorkloadKind::StatefulSet | WorkloadKind::DaemonSet
        );
        rolls && (self.settling || !self.is_rolled_out())
    }

    /// Whether all pods are of the newest template, but those that a partition leaves as they are.
    #[must_use]
    pub fn is_rolled_out(&self) -> bool {
        let settled = self.updated.saturating_add(self.held_back);
        settled >= self.desired && self.total <= settled
    }

    /// Whether as many replicas are ready as are wanted.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.ready >= self.desired && !self.is_stuck()
    }

    /// Whether its rollout gave up waiting (`ProgressDeadlineExceeded`) or its job failed.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.why_stuck().is_some()
    }

    /// The condition by which its rollout gave up waiting or its job failed.
    #[must_use]
    pub fn stuck(&self) -> Option<&ConditionRow> {
        self.conditions.iter().find(|c| {
            (c.kind == "Progressing" && c.status == "False")
                || (c.kind == "Failed" && c.status == "True")
        })
    }

    /// Why its rollout gave up waiting or its job failed, in the cluster's own words.
    #[must_use]
    pub fn why_stuck(&self) -> Option<String> {
        let stuck = self.stuck()?;
        let words = stuck.message.as_ref().or(stuck.reason.as_ref());
        Some(words.unwrap_or(&stuck.kind).clone())
    }

    /// Whether its job ran to its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.conditions.iter().any(|c| c.kind == "Complete" && c.status == "True")
    }
}

/// Whether a workload keeps a pod, by itself or through one of its `ReplicaSet`s.
#[must_use]
pub fn is_kept_by(pod: &PodRow, workload: &WorkloadRow, workloads: &[Arc<WorkloadRow>]) -> bool {
    let Some(owner) = &pod.owner else { return false };
    let through = || workloads.iter().find(|row| row.uid == owner.uid);
    owner.uid == workload.uid
        || through()
            .and_then(|row| row.owner.as_ref())
            .is_some_and(|above| above.uid == workload.uid)
}

/// A `PodDisruptionBudget`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetRow {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The cluster's identifier of this very object.
    pub uid: String,
    /// `spec.selector.matchLabels`; a selector with expressions is told by `expressions`.
    pub match_labels: BTreeMap<String, String>,
    /// `spec.selector.matchExpressions`.
    pub expressions: Vec<LabelExpression>,
    /// Pods that may be disrupted now (`status.disruptionsAllowed`).
    pub allowed: u32,
    /// Healthy pods it counts.
    pub healthy: u32,
    /// Healthy pods it demands.
    pub demanded: u32,
}

/// One requirement of a label selector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelExpression {
    /// The label.
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// The values compared with.
    pub values: Vec<String>,
}

impl LabelExpression {
    fn holds(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.key);
        match self.operator.as_str() {
            "In" => value.is_some_and(|v| self.values.contains(v)),
            "NotIn" => value.is_none_or(|v| !self.values.contains(v)),
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => false,
        }
    }
}

impl BudgetRow {
    /// Whether it guards a pod with these labels.
    #[must_use]
    pub fn covers(&self, labels: &BTreeMap<String, String>) -> bool {
        self.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.expressions.iter().all(|expression| expression.holds(labels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn budget(match_labels: &[(&str, &str)], expressions: Vec<LabelExpression>) -> BudgetRow {
        BudgetRow {
            namespace: "checkout".parse().unwrap(),
            name: "api".parse().unwrap(),
            uid: "u".into(),
            match_labels: labels(match_labels),
            expressions,
            allowed: 1,
            healthy: 2,
            demanded: 1,
        }
    }

    #[test]
    fn a_budget_covers_by_labels_and_expressions_together() {
        let not_canary = LabelExpression {
            key: "track".into(),
            operator: "NotIn".into(),
            values: vec!["canary".into()],
        };
        let budget = budget(&[("app", "api")], vec![not_canary]);
        assert!(budget.covers(&labels(&[("app", "api")])));
        assert!(!budget.covers(&labels(&[("app", "api"), ("track", "canary")])));
        assert!(!budget.covers(&labels(&[("app", "web")])));
    }

    #[test]
    fn an_unknown_operator_covers_nothing() {
        let odd = LabelExpression { key: "app".into(), operator: "Near".into(), values: vec![] };
        assert!(!budget(&[], vec![odd]).covers(&labels(&[("app", "api")])));
    }
}
