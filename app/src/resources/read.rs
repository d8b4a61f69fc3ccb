//! What the page of a pod reads.

use domain::{names::ObjectName, resources::PodDetail, tenants::TenantName};
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
