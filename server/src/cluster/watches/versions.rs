//! Kinds whose version depends on the cluster's age: discovery decides.

use domain::resources::{BudgetRow, WorkloadRow};
use kube::{
    Api, Client,
    core::{ApiResource, GroupVersionKind},
};

use super::source::{Feed, Source};
use crate::cluster::{
    discovery::serves,
    projection::{Budget, CronJob, PolicyVersion, budget_row, cron_job_row},
};

/// policy/v1 since 1.21, policy/v1beta1 until 1.24.
pub(super) struct Budgets {
    pub(super) client: Client,
}

/// batch/v1 since 1.21, batch/v1beta1 until 1.24.
pub(super) struct CronJobs {
    pub(super) client: Client,
}

impl Source for Budgets {
    type Object = Budget;
    type Row = BudgetRow;

    async fn open(&self) -> kube::Result<Option<Feed<Budget, BudgetRow>>> {
        let (plural, kind) = ("poddisruptionbudgets", "PodDisruptionBudget");
        for (name, version) in [("v1", PolicyVersion::V1), ("v1beta1", PolicyVersion::V1beta1)] {
            if serves(&self.client, &format!("policy/{name}"), plural).await? {
                let resource = resource("policy", name, kind, plural);
                return Ok(Some(Feed {
                    api: Api::all_with(self.client.clone(), &resource),
                    project: Box::new(move |budget| budget_row(version, budget)),
                }));
            }
        }
        Ok(None)
    }
}

impl Source for CronJobs {
    type Object = CronJob;
    type Row = WorkloadRow;

    async fn open(&self) -> kube::Result<Option<Feed<CronJob, WorkloadRow>>> {
        let (plural, kind) = ("cronjobs", "CronJob");
        for name in ["v1", "v1beta1"] {
            if serves(&self.client, &format!("batch/{name}"), plural).await? {
                return Ok(Some(Feed {
                    api: Api::all_with(self.client.clone(), &resource("batch", name, kind, plural)),
                    project: Box::new(cron_job_row),
                }));
            }
        }
        Ok(None)
    }
}

fn resource(group: &str, version: &str, kind: &str, plural: &str) -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, version, kind), plural)
}
