//! The demo cluster, one for each scenario, without its seed.

use std::sync::Arc;

use async_trait::async_trait;
use demo_cluster::{DemoCluster, Options};
use jiff::Timestamp;
use kube::{Client, Config};
use sekisho::cluster::{BearerToken, ClusterSource};
use serde_json::Value;

use super::{CONSOLE, Ground};

/// A demo cluster.
pub(crate) struct Demo {
    cluster: DemoCluster,
}

impl Demo {
    pub(crate) async fn start() -> Self {
        let options = Options {
            console_user: CONSOLE.to_owned(),
            ..Options::bare(Arc::new(|| Timestamp::UNIX_EPOCH), [7; 32])
        };
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

    fn audit(&self) -> Vec<Value> {
        self.cluster.audit().events()
    }

    fn kubectl_get_pods(&self, _namespace: &str) -> Option<Vec<String>> {
        None
    }
}
