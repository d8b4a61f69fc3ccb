//! What the cluster's own RBAC lets a person see, asked with `SubjectAccessReview`s.
//!
//! Answers are kept for some seconds, one question is asked once however many wait for it, and a
//! failure is never an answer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    names::{ClusterUser, Namespace},
    resources::ClusterError,
    time::{Clock, Timestamp},
};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SubjectAccessReview, SubjectAccessReviewSpec,
};
use kube::{Api, Client, api::PostParams};

use super::failure::within_time;

/// How old an answer may be.
const KEPT_FOR: Duration = Duration::from_secs(10);
/// How many answers are kept at most.
const KEPT: usize = 10_000;

type Key = (ClusterUser, Namespace);
type Answer = Shared<BoxFuture<'static, Result<bool, ClusterError>>>;

/// The access reviews of one cluster.
pub(super) struct AccessReviews {
    client: Client,
    clock: Arc<dyn Clock>,
    asked: Mutex<HashMap<Key, Question>>,
}

/// A question, answered or not yet.
struct Question {
    at: Timestamp,
    answer: Answer,
}

impl AccessReviews {
    pub(super) fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock, asked: Mutex::default() }
    }

    /// Whether the user may list the pods of a namespace.
    pub(super) async fn may_view(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<bool, ClusterError> {
        let key = (user.clone(), namespace.clone());
        let answer = self.ask(&key);
        let result = answer.clone().await;
        if result.is_err() {
            self.forget(&key, &answer);
        }
        result
    }

    /// The answer that stands or is under way, or a new question.
    fn ask(&self, key: &Key) -> Answer {
        let now = self.clock.now();
        let mut asked = self.lock();
        if let Some(question) = asked.get(key)
            && now.since(question.at) < KEPT_FOR
        {
            return question.answer.clone();
        }
        if asked.len() >= KEPT {
            asked.retain(|_, question| now.since(question.at) < KEPT_FOR);
        }
        if asked.len() >= KEPT {
            asked.clear();
        }
        let answer = review(self.client.clone(), key.clone()).boxed().shared();
        let question = Question { at: now, answer: answer.clone() };
        asked.insert(key.clone(), question);
        answer
    }

    fn forget(&self, key: &Key, failed: &Answer) {
        let mut asked = self.lock();
        if asked.get(key).is_some_and(|question| question.answer.ptr_eq(failed)) {
            asked.remove(key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Question>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
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
