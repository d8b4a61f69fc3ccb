//! What the pages of pods and workloads read.

use domain::{
    actions::TargetRef,
    names::ObjectName,
    resources::{PodDetail, WorkloadDetail},
    tenants::TenantName,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// One pod, if this person may see its tenant.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_pod(tenant: TenantName, name: ObjectName) -> Result<PodDetail, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.pod(&actor, &tenant, &name).await)
}

/// One workload, if this person may see its tenant; nothing of an object that is there but that nobody watches.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_workload(target: TargetRef) -> Result<Option<WorkloadDetail>, Failure> {
    let Caller { console, actor } = Caller::current()?;
    if target.kind == domain::actions::TargetKind::HorizontalPodAutoscaler {
        // Only the cluster itself knows whether there is one, and it is asked as this person.
        answer(console.offers(&actor, &target).await)?;
        return Ok(None);
    }
    answer(console.workload(&actor, &target).await).map(Some)
}
