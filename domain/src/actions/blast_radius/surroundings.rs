//! What the watches know around a target: the Services, budgets and autoscalers that its pods concern.

use std::{collections::BTreeMap, sync::Arc};

use super::{BudgetImpact, ScalerImpact, ServiceImpact};
use crate::{
    names::Namespace,
    resources::{BudgetRow, Cluster, PodRow, ScalerRow, ServiceRow, WorkloadRow},
};

/// The labels of a pod.
type Labels = BTreeMap<String, String>;

/// What the watches know around a target.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The pods of its namespace.
    pub pods: &'a [Arc<PodRow>],
    /// The workloads of its namespace.
    pub workloads: &'a [Arc<WorkloadRow>],
    /// The disruption budgets of its namespace.
    pub budgets: &'a [Arc<BudgetRow>],
    /// The Services of its namespace.
    pub services: &'a [Arc<ServiceRow>],
    /// The autoscalers of its namespace.
    pub scalers: &'a [Arc<ScalerRow>],
}

/// What the watches know of a namespace, held together.
pub(in crate::actions) struct Around {
    pods: Vec<Arc<PodRow>>,
    workloads: Vec<Arc<WorkloadRow>>,
    budgets: Vec<Arc<BudgetRow>>,
    services: Vec<Arc<ServiceRow>>,
    scalers: Vec<Arc<ScalerRow>>,
}

impl Around {
    pub(in crate::actions) fn of(cluster: &dyn Cluster, namespace: &Namespace) -> Self {
        Self {
            pods: cluster.pods(namespace),
            workloads: cluster.workloads(namespace),
            budgets: cluster.budgets(namespace),
            services: cluster.services(namespace),
            scalers: cluster.scalers(namespace),
        }
    }

    pub(in crate::actions) fn told(&self) -> Surroundings<'_> {
        Surroundings {
            pods: &self.pods,
            workloads: &self.workloads,
            budgets: &self.budgets,
            services: &self.services,
            scalers: &self.scalers,
        }
    }
}

impl Surroundings<'_> {
    /// The Services that cover pods with any of these labels, and what is left of the ready pods behind each.
    pub(in crate::actions) fn behind(
        &self,
        labels: &[&Labels],
        lost: impl Fn(&[&PodRow]) -> u32,
    ) -> Vec<ServiceImpact> {
        let covers_one = |service: &ServiceRow| labels.iter().any(|it| service.covers(it));
        let covering = self.services.iter().filter(|service| covers_one(service));
        let impacts = covering.map(|service| {
            let pods = self.pods.iter().map(AsRef::as_ref);
            let ready: Vec<&PodRow> =
                pods.filter(|pod| pod.is_ready() && service.covers(&pod.labels)).collect();
            let count = u32::try_from(ready.len()).unwrap_or(u32::MAX);
            let ready_after = count.saturating_sub(lost(&ready));
            ServiceImpact { name: service.name.to_string(), ready: count, ready_after }
        });
        impacts.collect()
    }

    pub(super) fn scaler(&self, kind: &str, name: &str) -> Option<ScalerImpact> {
        let scaler = self.scalers.iter().find(|scaler| scaler.scales(kind, name))?;
        Some(ScalerImpact { name: scaler.name.to_string(), least: scaler.least, most: scaler.most })
    }

    /// The disruption budgets that cover pods with any of these labels.
    pub(in crate::actions) fn covering(&self, labels: &[&Labels]) -> Vec<BudgetImpact> {
        let covers_one = |budget: &BudgetRow| labels.iter().any(|it| budget.covers(it));
        let covering = self.budgets.iter().filter(|budget| covers_one(budget));
        covering.map(|budget| BudgetImpact::from(budget.as_ref())).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn labelled(labels: &[(&str, &str)]) -> BTreeMap<String, String> {
        labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn pod(name: &str, status: &str) -> Arc<PodRow> {
        let row = json!({
            "namespace": "checkout", "name": name, "uid": name, "phase": "Running", "status": "Running",
            "ready": 1, "containers_total": 1, "restarts": 0, "restarted_at": null, "deleting_since": null,
            "created_at": "2026-01-01T00:00:00.000000Z", "node": null, "containers": [], "message": null,
            "owner": {"kind": "StatefulSet", "name": "api", "uid": "w"}, "labels": {"app": "api"},
            "conditions": [{"type": "Ready", "status": status, "reason": null, "message": null, "since": null}],
            "service_account": null, "ip": null,
        });
        Arc::new(serde_json::from_value(row).unwrap())
    }

    fn service(name: &str, selector: &[(&str, &str)]) -> Arc<ServiceRow> {
        Arc::new(ServiceRow {
            namespace: "checkout".parse().unwrap(),
            name: name.parse().unwrap(),
            selector: labelled(selector),
        })
    }

    #[test]
    fn only_ready_pods_behind_a_service_that_covers_them_count() {
        let pods = [pod("api-0", "True"), pod("api-1", "True"), pod("api-2", "False")];
        let services = [service("api", &[("app", "api")]), service("web", &[("app", "web")])];
        let around = Surroundings {
            pods: &pods,
            workloads: &[],
            budgets: &[],
            services: &services,
            scalers: &[],
        };
        let impact = |lost| around.behind(&[&labelled(&[("app", "api")])], |_| lost);
        let api = |ready_after| ServiceImpact { name: "api".to_owned(), ready: 2, ready_after };
        assert_eq!(impact(1), [api(1)]);
        assert_eq!(impact(5), [api(0)]);
        assert_eq!(around.behind(&[&labelled(&[])], |_| 1), []);
    }
}
