//! The demo cluster, one for each scenario, without its seed.

use std::sync::Arc;

use async_trait::async_trait;
use demo_cluster::{DemoCluster, Options};
use domain::time::Clock;
use jiff::Timestamp;
use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec,
};
use kube::{Api, Client, Config, api::PostParams};
use sekisho::{
    cluster::{BearerToken, ClusterSource},
    identity::SystemClock,
};
use serde_json::Value;

use super::Ground;
use crate::{question::Question, rbac::CONSOLE};

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

fn attributes(question: &Question) -> ResourceAttributes {
    ResourceAttributes {
        verb: Some(question.verb.to_owned()),
        group: Some(question.api_group.to_owned()),
        resource: Some(question.plural.to_owned()),
        subresource: question.subresource.map(str::to_owned),
        name: question.name.map(str::to_owned),
        namespace: Some(question.namespace.clone()),
        ..ResourceAttributes::default()
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

    async fn can_i(&self, questions: &[Question]) -> Vec<bool> {
        let mut answers = Vec::with_capacity(questions.len());
        for question in questions {
            let mut config = self.admin().await;
            config.auth_info.impersonate = Some(question.user.clone());
            config.auth_info.impersonate_groups = Some(question.groups.clone());
            let reviews: Api<SelfSubjectAccessReview> = Api::all(Client::try_from(config).unwrap());
            let review = SelfSubjectAccessReview {
                spec: SelfSubjectAccessReviewSpec {
                    resource_attributes: Some(attributes(question)),
                    ..SelfSubjectAccessReviewSpec::default()
                },
                ..SelfSubjectAccessReview::default()
            };
            let answer = reviews.create(&PostParams::default(), &review).await.unwrap();
            answers.push(answer.status.unwrap().allowed);
        }
        answers
    }

    fn kubectl_get_pods(&self, _namespace: &str) -> Option<Vec<String>> {
        None
    }
}
