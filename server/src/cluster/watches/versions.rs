//! Kinds whose version depends on the cluster's age: discovery decides.
//!
//! Discovery asks for each group version by itself: aggregated discovery answers an old cluster
//! with nothing and no error.

use domain::resources::{BudgetRow, WorkloadRow};
use kube::{
    Api, Client,
    core::{ApiResource, GroupVersionKind},
};

use super::source::{Feed, Source};
use crate::cluster::projection::{Budget, CronJob, PolicyVersion, budget_row, cron_job_row};

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

async fn serves(client: &Client, group_version: &str, plural: &str) -> kube::Result<bool> {
    match client.list_api_group_resources(group_version).await {
        Ok(list) => Ok(list.resources.iter().any(|served| served.name == plural)),
        Err(kube::Error::Api(status)) if status.code == 404 => Ok(false),
        Err(error) => Err(error),
    }
}
