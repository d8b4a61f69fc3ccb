//! Kinds whose version depends on the cluster's age: discovery decides.

use domain::resources::{BudgetRow, ScalerRow, WorkloadRow};
use kube::{
    Api, Client,
    core::{ApiResource, GroupVersionKind},
};

use super::source::{Feed, Source};
use crate::cluster::{
    discovery::serves,
    projection::{Budget, CronJob, PolicyVersion, Scaler, budget_row, cron_job_row, scaler_row},
};

/// policy/v1 since 1.21, policy/v1beta1 until 1.24.
pub(super) struct Budgets {
    pub(super) client: Client,
}

/// batch/v1 since 1.21, batch/v1beta1 until 1.24.
pub(super) struct CronJobs {
    pub(super) client: Client,
}

/// autoscaling/v2 since 1.23, autoscaling/v1 always.
pub(super) struct Scalers {
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
                let api = Api::all_with(self.client.clone(), &resource);
                return Ok(Some(Feed::new(api, move |budget| budget_row(version, budget))));
            }
        }
        Ok(None)
    }
}

impl Source for CronJobs {
    type Object = CronJob;
    type Row = WorkloadRow;

    async fn open(&self) -> kube::Result<Option<Feed<CronJob, WorkloadRow>>> {
        let versions = ["batch/v1", "batch/v1beta1"];
        newest(&self.client, versions, "CronJob", "cronjobs", cron_job_row).await
    }
}

impl Source for Scalers {
    type Object = Scaler;
    type Row = ScalerRow;

    async fn open(&self) -> kube::Result<Option<Feed<Scaler, ScalerRow>>> {
        let versions = ["autoscaling/v2", "autoscaling/v1"];
        let (kind, plural) = ("HorizontalPodAutoscaler", "horizontalpodautoscalers");
        newest(&self.client, versions, kind, plural, scaler_row).await
    }
}

/// The feed of a kind in the first of these versions that the cluster serves; both make the same rows.
async fn newest<K, R>(
    client: &Client,
    versions: [&str; 2],
    kind: &str,
    plural: &str,
    project: fn(K) -> Option<R>,
) -> kube::Result<Option<Feed<K, R>>>
where
    K: kube::Resource<DynamicType = ApiResource> + 'static,
    R: 'static,
{
    for group_version in versions {
        let Some((group, version)) = group_version.split_once('/') else { continue };
        if serves(client, group_version, plural).await? {
            let api = Api::all_with(client.clone(), &resource(group, version, kind, plural));
            return Ok(Some(Feed::new(api, project)));
        }
    }
    Ok(None)
}

fn resource(group: &str, version: &str, kind: &str, plural: &str) -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, version, kind), plural)
}
