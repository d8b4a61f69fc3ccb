//! A node of the scenario's own, on which nothing runs but what is put there by name.

use std::sync::Arc;

use domain::{actions::TargetKind, resources::NodeRow};
use kube::api::DeleteParams;
use serde_json::json;

use crate::{fixtures::create, stage::Stage};

impl Stage {
    /// What it is called: clusters are shared, and no other scenario has this namespace.
    pub(crate) fn node_name(&self) -> &str {
        self.namespace.as_str()
    }

    /// It joins, and the watches have seen it.
    pub(crate) async fn create_node(&self) {
        // Whatever tolerates that a node is not ready yet, as daemons do, is kept off it by this.
        let taint =
            json!({"key": "sekisho.dev/contract", "value": "nothing", "effect": "NoSchedule"});
        let metadata = json!({"name": self.node_name(), "labels": {"sekisho.dev/guest": "1"}});
        let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": metadata, "spec": {"taints": [taint]}});
        create(&self.admin, None, node).await;
        self.until("the node", || self.node()).await;
    }

    /// It leaves.
    pub(crate) async fn remove_node(&self) {
        let nodes = self.api(TargetKind::Node).await;
        nodes.delete(self.node_name(), &DeleteParams::default()).await.unwrap();
        self.until("the end of the node", || self.node().is_none().then_some(())).await;
    }

    /// The node as the watches show it.
    pub(crate) fn node(&self) -> Option<Arc<NodeRow>> {
        self.cluster.nodes().into_iter().find(|node| node.name.as_str() == self.node_name())
    }

    /// Whether new pods are kept off it, as soon as the watches show that.
    pub(crate) async fn node_is(&self, cordoned: bool) -> Arc<NodeRow> {
        self.until("the cordon, or its end", || {
            self.node().filter(|node| node.cordoned == cordoned)
        })
        .await
    }
}
