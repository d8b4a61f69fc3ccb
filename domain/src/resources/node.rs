//! Nodes as the pages show them, and who may see them: whoever may see the platform, through which they are reached.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Cluster, ConditionRow, Freshness};
use crate::{
    access::Actor,
    actions::TargetRef,
    console::Console,
    names::ObjectName,
    problem::{Problem, ProblemCode},
    tenants::TenantName,
    time::Timestamp,
};

/// A node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeRow {
    /// Its name.
    pub name: ObjectName,
    /// The cluster's identifier of this very node.
    pub uid: String,
    /// The status that `kubectl get nodes` prints: `Ready`, `NotReady`, `Ready,SchedulingDisabled`…
    pub status: String,
    /// Whether new pods are kept off it.
    pub cordoned: bool,
    /// What it is there for, as its labels say; empty where they say nothing.
    pub roles: Vec<String>,
    /// The version of its kubelet.
    pub version: String,
    /// When it joined.
    pub created_at: Timestamp,
    /// `status.conditions`.
    pub conditions: Vec<ConditionRow>,
}

impl NodeRow {
    /// Whether its kubelet says that it can run pods.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.conditions.iter().any(|c| c.kind == "Ready" && c.holds())
    }

    /// Whether one of its conditions is as it should be: all but `Ready` name a trouble.
    #[must_use]
    pub fn is_well(condition: &ConditionRow) -> bool {
        let trouble = condition.kind != "Ready";
        condition.holds() != trouble
    }
}

/// A node, and how much runs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeLoad {
    /// The node.
    pub node: NodeRow,
    /// Pods of whatever tenant that are on it and have not ended.
    pub pods: u32,
}

/// What the page of a node shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeDetail {
    /// The node, and how much runs on it.
    pub load: NodeLoad,
    /// How old this is.
    pub freshness: Freshness,
}

impl Console {
    /// The nodes that are reached through a tenant the person may see, by name: none, but for the platform.
    pub async fn nodes(
        &self,
        actor: &Actor,
        tenant: &TenantName,
    ) -> Result<Vec<NodeLoad>, Problem> {
        let visible = self.visible_tenant(actor, tenant).await?;
        if !tenant.namespace.is_platform() {
            return Ok(Vec::new());
        }
        Ok(loads(visible.cluster.as_ref()))
    }

    /// One node, if it is named where nodes are reached and the person may see that.
    pub async fn node(&self, actor: &Actor, target: &TargetRef) -> Result<NodeDetail, Problem> {
        let visible = self.visible_tenant(actor, &target.tenant()).await?;
        let nodes =
            if target.is_reachable() { loads(visible.cluster.as_ref()) } else { Vec::new() };
        let load = nodes.into_iter().find(|load| load.node.name == target.name);
        let load = load.ok_or(ProblemCode::NotVisible)?;
        Ok(NodeDetail { load, freshness: visible.cluster.freshness() })
    }
}

fn loads(cluster: &dyn Cluster) -> Vec<NodeLoad> {
    let namespaces = cluster.namespaces();
    let pods = namespaces.iter().flat_map(|namespace| cluster.pods(&namespace.name));
    let mut on: BTreeMap<String, u32> = BTreeMap::new();
    for pod in pods.filter(|pod| !pod.has_ended()) {
        if let Some(node) = &pod.node {
            *on.entry(node.clone()).or_default() += 1;
        }
    }
    let load = |node: Arc<NodeRow>| NodeLoad {
        pods: on.get(node.name.as_str()).copied().unwrap_or(0),
        node: node.as_ref().clone(),
    };
    cluster.nodes().into_iter().map(load).collect()
}
