//! What the cluster's own RBAC lets a person see, asked with `SubjectAccessReview`s.
//!
//! Answers are kept for some seconds, one question is asked once however many wait for it, and a
//! failure is never an answer.

use std::{sync::Arc, time::Duration};

use domain::{
    names::{ClusterUser, Namespace},
    resources::ClusterError,
    time::Clock,
};
use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SubjectAccessReview, SubjectAccessReviewSpec,
};
use kube::{Api, Client, api::PostParams};

use super::{answers::Answers, failure::within_time};

/// How old an answer may be.
const KEPT_FOR: Duration = Duration::from_secs(10);
/// How many answers are kept at most.
const KEPT: usize = 10_000;

type Key = (ClusterUser, Namespace);

/// The access reviews of one cluster.
pub(super) struct AccessReviews {
    client: Client,
    clock: Arc<dyn Clock>,
    answers: Answers<Key, bool>,
}

impl AccessReviews {
    pub(super) fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock, answers: Answers::new(KEPT_FOR, KEPT) }
    }

    /// Whether the user may list the pods of a namespace.
    pub(super) async fn may_view(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<bool, ClusterError> {
        let key = (user.clone(), namespace.clone());
        let review = || review(self.client.clone(), key.clone());
        let answer = self.answers.ask(self.clock.now(), &key, review);
        let result = answer.clone().await;
        if result.is_err() {
            self.answers.forget(&key, &answer);
        }
        result
    }
}

async fn review(client: Client, (user, namespace): Key) -> Result<bool, ClusterError> {
    let review = SubjectAccessReview {
        spec: SubjectAccessReviewSpec {
            user: Some(user.into()),
            groups: Some(vec!["system:authenticated".to_owned()]),
            resource_attributes: Some(ResourceAttributes {
                verb: Some("list".to_owned()),
                resource: Some("pods".to_owned()),
                namespace: Some(namespace.into()),
                ..ResourceAttributes::default()
            }),
            ..SubjectAccessReviewSpec::default()
        },
        ..SubjectAccessReview::default()
    };
    let reviews: Api<SubjectAccessReview> = Api::all(client);
    let answer = within_time(reviews.create(&PostParams::default(), &review)).await?;
    Ok(answer.status.is_some_and(|status| status.allowed))
}

#[cfg(test)]
mod tests;
