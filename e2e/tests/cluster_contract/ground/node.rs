//! The real control plane once more, with a node that runs containers. Scenarios share the node; one that needs all of it
//! waits until the others are over.

use async_trait::async_trait;
use k8s_openapi::api::core::v1::{Namespace, Pod};
use kube::{
    Api, Client, Config, ResourceExt,
    api::{DeleteParams, ListParams},
};
use sekisho::cluster::ClusterSource;
use serde_json::Value;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{
    Ground,
    real::{Real, real},
};
use crate::{question::Question, stage::eventually};

/// Whose turn it is.
static NODE: RwLock<()> = RwLock::const_new(());

/// A real node, as long as it is a scenario's turn.
pub(crate) struct Node<Turn> {
    real: Real,
    _turn: Turn,
}

/// The node that scenarios share.
pub(crate) async fn node() -> Node<RwLockReadGuard<'static, ()>> {
    Node { _turn: NODE.read().await, real: real().await }
}

/// The node for one scenario alone, without what others left on it.
pub(crate) async fn whole_node() -> Node<RwLockWriteGuard<'static, ()>> {
    let node = Node { _turn: NODE.write().await, real: real().await };
    clear(Client::try_from(node.admin().await).unwrap()).await;
    node
}

/// Deletes every namespace in which there are pods, and these without patience.
async fn clear(admin: Client) {
    let pods: Api<Pod> = Api::all(admin.clone());
    let namespaces: Api<Namespace> = Api::all(admin.clone());
    let at_once = DeleteParams::default().grace_period(0);
    eventually("a node without pods", async || {
        let left = pods.list(&ListParams::default()).await.unwrap().items;
        for pod in &left {
            let namespace = pod.namespace().unwrap();
            // What was deleted already is not there, or is about to go.
            namespaces.delete(&namespace, &DeleteParams::default()).await.ok();
            let pods: Api<Pod> = Api::namespaced(admin.clone(), &namespace);
            pods.delete(&pod.name_any(), &at_once).await.ok();
        }
        left.is_empty().then_some(())
    })
    .await;
}

#[async_trait]
impl<Turn: Send + Sync> Ground for Node<Turn> {
    async fn admin(&self) -> Config {
        self.real.admin().await
    }

    async fn user(&self, user: &str) -> Config {
        self.real.user(user).await
    }

    fn console(&self, user: &str) -> ClusterSource {
        self.real.console(user)
    }

    /// Its kubelet does.
    async fn bring_up(&self, _admin: &Client, _namespace: &str, _pod: &str) {}

    fn audit(&self, text: &str) -> Vec<Value> {
        self.real.audit(text)
    }

    async fn can_i(&self, questions: &[Question]) -> Vec<bool> {
        self.real.can_i(questions).await
    }

    fn kubectl_get_pods(&self, namespace: &str) -> Option<Vec<String>> {
        self.real.kubectl_get_pods(namespace)
    }
}
