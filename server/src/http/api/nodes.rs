//! Nodes, reached through the platform's tenant.

use axum::{Json as Answer, extract::State};
use domain::{
    actions::{TargetKind, TargetRef},
    page::Page,
    resources::{Freshness, NodeDetail, NodeLoad, NodeRow},
};
use serde::Serialize;

use super::input::{InTenant, ObjectIn};
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "/api/v1/tenants/{cluster}/{namespace}/nodes",
            "Nodes reached through a tenant: all of the cluster's through `kube-system`, none through others",
            list,
        )
        .gives(200, "Nodes"),
        Endpoint::get("/api/v1/tenants/{cluster}/{namespace}/nodes/{name}", "One node", one)
            .gives(200, "NodeDetail"),
    ]
}

/// A node, as `kubectl get nodes` shows it, and how many pods are on it.
#[derive(Serialize)]
struct Node {
    #[serde(flatten)]
    node: NodeRow,
    pods: u32,
}

impl From<NodeLoad> for Node {
    fn from(NodeLoad { node, pods }: NodeLoad) -> Self {
        Self { node, pods }
    }
}

/// A node with all that its page shows.
#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    node: Node,
    freshness: Freshness,
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    InTenant(tenant): InTenant,
) -> Result<Answer<Page<Node>>, ProblemResponse> {
    let nodes = state.console.nodes(&actor, &tenant).await?;
    Ok(Answer(Page { items: nodes.into_iter().map(Node::from).collect(), next: None }))
}

async fn one(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ObjectIn(tenant, name): ObjectIn,
) -> Result<Answer<Detail>, ProblemResponse> {
    let target = TargetRef {
        cluster: tenant.cluster,
        namespace: tenant.namespace,
        kind: TargetKind::Node,
        name,
    };
    let NodeDetail { load, freshness } = state.console.node(&actor, &target).await?;
    Ok(Answer(Detail { node: load.into(), freshness }))
}
