//! What the clusters differ in: how they are had, who brings pods up, where they keep their audit log.

mod demo;
mod node;
mod real;

use async_trait::async_trait;
use kube::{Client, Config};
use sekisho::cluster::ClusterSource;
use serde_json::Value;

pub(crate) use demo::demo;
pub(crate) use node::{node, whole_node};
pub(crate) use real::real;

use crate::question::Question;

/// A cluster under test.
#[async_trait]
pub(crate) trait Ground: Send + Sync {
    /// How somebody who may do everything connects.
    async fn admin(&self) -> Config;

    /// How a user with credentials of their own connects.
    async fn user(&self, user: &str) -> Config;

    /// How the console connects as this user.
    fn console(&self, user: &str) -> ClusterSource;

    /// Makes a pod run and be ready, where nobody else does.
    async fn bring_up(&self, admin: &Client, namespace: &str, pod: &str);

    /// The audit events so far that hold this text.
    fn audit(&self, text: &str) -> Vec<Value>;

    /// What the cluster answers to each question, by `kubectl auth can-i` where it has one.
    async fn can_i(&self, questions: &[Question]) -> Vec<bool>;

    /// What `kubectl get pods` prints, a line each; none where the cluster prints no tables.
    fn kubectl_get_pods(&self, namespace: &str) -> Option<Vec<String>>;
}
