//! `CronJob`s of either version as rows.

use domain::resources::{WorkloadKind, WorkloadRow};
use k8s_openapi::api::batch::v1::JobTemplateSpec;
use kube::core::Object;
use serde::Deserialize;

use super::{
    metadata::{controller, identity},
    workload::images,
};

/// A cron job of batch/v1 or batch/v1beta1; both write these fields alike.
pub(in crate::cluster) type CronJob = Object<CronJobSpec, CronJobStatus>;

/// What a cron job makes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cluster) struct CronJobSpec {
    job_template: JobTemplateSpec,
}

/// What became of it; nothing that a row keeps.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::cluster) struct CronJobStatus {}

/// The row of a cron job: it wants no replicas by itself.
pub(in crate::cluster) fn cron_job_row(cron_job: CronJob) -> Option<WorkloadRow> {
    let identity = identity(&cron_job.metadata)?;
    let template = cron_job.spec.job_template.spec.map(|job| job.template);
    Some(WorkloadRow {
        namespace: identity.namespace,
        kind: WorkloadKind::CronJob,
        name: identity.name,
        uid: identity.uid,
        owner: controller(&cron_job.metadata),
        desired: 0,
        ready: 0,
        total: 0,
        updated: 0,
        held_back: 0,
        available: 0,
        images: template.as_ref().map(images).unwrap_or_default(),
        conditions: Vec::new(),
        created_at: identity.created_at,
        generation: cron_job.metadata.generation.unwrap_or(0),
        settling: false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn its_images_are_those_of_the_jobs_it_makes() {
        let cron_job = json!({
            "metadata": {"namespace": "settlement", "name": "nightly", "uid": "c"},
            "spec": {"schedule": "0 2 * * *", "jobTemplate": {"spec": {"template": {
                "spec": {"containers": [{"name": "run", "image": "registry.example/settle:4"}]},
            }}}},
            "status": {"lastScheduleTime": "2026-01-01T02:00:00Z"},
        });
        let row = cron_job_row(serde_json::from_value(cron_job).unwrap()).unwrap();
        assert_eq!(row.kind, WorkloadKind::CronJob);
        assert_eq!(row.images, ["registry.example/settle:4"]);
        assert_eq!(row.desired, 0);
    }
}
