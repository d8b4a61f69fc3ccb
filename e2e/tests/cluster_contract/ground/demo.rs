//! The demo cluster, one for each scenario, without its seed.

use std::sync::Arc;

use async_trait::async_trait;
use demo_cluster::{DemoCluster, Options};
use domain::time::Clock;
use jiff::Timestamp;
use kube::{Client, Config};
use sekisho::{
    cluster::{BearerToken, ClusterSource},
    identity::SystemClock,
};
use serde_json::Value;

use super::Ground;
use crate::rbac::CONSOLE;

/// A demo cluster.
pub(crate) struct Demo {
    cluster: DemoCluster,
}

/// A demo cluster of the scenario's own.
pub(crate) async fn demo() -> Demo {
    Demo::start().await
}

/// Deadlines of jobs pass by themselves, on either ground.
fn now() -> Timestamp {
    Timestamp::from_microsecond(SystemClock.now().as_micros()).unwrap()
}

impl Demo {
    async fn start() -> Self {
        let options =
            Options { console_user: CONSOLE.to_owned(), ..Options::bare(Arc::new(now), [7; 32]) };
        Self { cluster: DemoCluster::start(options).await.unwrap() }
    }

    fn address(&self) -> String {
        format!("http://{}", self.cluster.address())
    }

    fn with_token(&self, token: &str) -> Config {
        let mut config = Config::new(self.address().parse().unwrap());
        config.auth_info.token = Some(token.to_owned().into());
        config
    }
}

#[async_trait]
impl Ground for Demo {
    async fn admin(&self) -> Config {
        self.with_token(self.cluster.admin_token())
    }

    async fn user(&self, user: &str) -> Config {
        self.with_token(&self.cluster.token_for(user, &[]))
    }

    fn console(&self, user: &str) -> ClusterSource {
        let token = BearerToken::new(self.cluster.token_for(user, &[]));
        ClusterSource::Address { url: self.address(), token }
    }

    /// Its kubelets do.
    async fn bring_up(&self, _admin: &Client, _namespace: &str, _pod: &str) {}

    fn audit(&self, text: &str) -> Vec<Value> {
        let mut events = self.cluster.audit().events();
        events.retain(|event| event.to_string().contains(text));
        events
    }

    fn kubectl_get_pods(&self, _namespace: &str) -> Option<Vec<String>> {
        None
    }
}
