//! What the pages of tenants read.

use domain::{
    page::Page,
    resources::{NodeLoad, PodRow, PodSort},
    tenants::{TenantDetail, TenantList, TenantName},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// The tenants a person may see.
pub(crate) type TenantsNow = TenantList;

/// A tenant, a page of its pods, and the nodes that are reached through it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TenantNow {
    pub(crate) tenant: TenantDetail,
    pub(crate) pods: PodList,
    pub(crate) nodes: Vec<NodeLoad>,
}

/// A page of pods.
pub(crate) type PodList = Page<PodRow>;

/// The tenants this person may see, the worst first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(crate) async fn read_tenants() -> Result<TenantsNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(console.tenants(&actor).await)
}

/// One tenant with a page of its pods and the nodes reached through it, if this person may see it.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(crate) async fn read_tenant(
    tenant: TenantName,
    search: String,
    sort: PodSort,
    cursor: Option<String>,
) -> Result<TenantNow, Failure> {
    use domain::{page::PageRequest, resources::PodQuery};

    let Caller { console, actor } = Caller::current()?;
    let query = PodQuery { search, sort, page: PageRequest { cursor, limit: None } };
    let detail = answer(console.tenant(&actor, &tenant).await)?;
    let pods = answer(console.pods(&actor, &tenant, &query).await)?;
    let nodes = answer(console.nodes(&actor, &tenant).await)?;
    Ok(TenantNow { tenant: detail, pods: pods.map(|pod| pod.as_ref().clone()), nodes })
}
