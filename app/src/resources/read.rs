//! What the page of a pod reads.

use domain::{names::ObjectName, resources::PodDetail, tenants::TenantName};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};

/// One pod, if this person may see its tenant.
#[server(prefix = "/pages", input = GetUrl)]
pub(super) async fn read_pod(tenant: TenantName, name: ObjectName) -> Result<PodDetail, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.pod(&actor, &tenant, &name).await)
}
