//! Pods of a tenant.

use axum::{Json as Answer, extract::State};
use domain::{
    Problem,
    names::{Namespace, ObjectName},
    page::{Page, PageRequest},
    resources::{
        ConditionRow, ContainerRow, EventRow, Freshness, OwnerRow, PodDetail, PodQuery, PodRow,
        PodSort, WorkloadRow,
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use super::input::{Asked, InTenant, ObjectIn};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "/api/v1/tenants/{cluster}/{namespace}/pods",
            "Pods of a tenant: searched, sorted, paged",
            list,
        )
        .query(&["search", "sort", "cursor", "limit"])
        .gives(200, "Pods"),
        Endpoint::get("/api/v1/tenants/{cluster}/{namespace}/pods/{name}", "One pod", one)
            .gives(200, "PodDetail"),
    ]
}

/// A pod, as `kubectl get pods` shows it.
#[derive(Serialize)]
struct Pod {
    namespace: Namespace,
    name: ObjectName,
    uid: String,
    phase: String,
    status: String,
    /// Ready containers of all, as `1/2`.
    ready: String,
    restarts: u32,
    restarted_at: Option<Timestamp>,
    created_at: Timestamp,
    node: Option<String>,
    owner: Option<OwnerRow>,
    message: Option<String>,
}

impl From<&PodRow> for Pod {
    fn from(row: &PodRow) -> Self {
        Self {
            namespace: row.namespace.clone(),
            name: row.name.clone(),
            uid: row.uid.clone(),
            phase: row.phase.clone(),
            status: row.status.clone(),
            ready: format!("{}/{}", row.ready, row.containers_total),
            restarts: row.restarts,
            restarted_at: row.restarted_at,
            created_at: row.created_at,
            node: row.node.clone(),
            owner: row.owner.clone(),
            message: row.message.clone(),
        }
    }
}

/// A pod with all that its page shows.
#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    pod: Pod,
    containers: Vec<ContainerRow>,
    conditions: Vec<ConditionRow>,
    workload: Option<WorkloadRow>,
    events: Vec<EventRow>,
    freshness: Freshness,
}

impl From<PodDetail> for Detail {
    fn from(detail: PodDetail) -> Self {
        Self {
            pod: Pod::from(&detail.pod),
            containers: detail.pod.containers,
            conditions: detail.pod.conditions,
            workload: detail.workload,
            events: detail.events,
            freshness: detail.freshness,
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    search: String,
    sort: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Wanted {
    fn query(self) -> Result<PodQuery, Problem> {
        let sort: Option<PodSort> = self
            .sort
            .map(|sort| sort.parse().map_err(|rule| Problem::malformed("sort", rule)))
            .transpose()?;
        Ok(PodQuery {
            search: self.search,
            sort: sort.unwrap_or_default(),
            page: PageRequest { cursor: self.cursor, limit: self.limit },
        })
    }
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    InTenant(tenant): InTenant,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<Pod>>, ProblemResponse> {
    let pods = state.console.pods(&actor, &tenant, &wanted.query()?).await?;
    Ok(Answer(pods.map(|pod| Pod::from(pod.as_ref()))))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ObjectIn(tenant, name): ObjectIn,
) -> Result<Answer<Detail>, ProblemResponse> {
    Ok(Answer(state.console.pod(&actor, &tenant, &name).await?.into()))
}
