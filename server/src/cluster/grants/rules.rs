//! What somebody's own user may do in a namespace, asked as that user with a `SelfSubjectRulesReview`.

use domain::{
    grants::RulesHeld,
    names::{ClusterUser, Namespace},
    resources::ClusterError,
};
use http::{Request, header::CONTENT_TYPE};
use k8s_openapi::api::{
    authorization::v1::{SelfSubjectRulesReview, SelfSubjectRulesReviewSpec},
    rbac::v1::PolicyRule,
};
use kube::Client;

use super::role::in_order;
use crate::cluster::person::{Person, malformed};

const PATH: &str = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

pub(super) async fn rules_of(
    client: &Client,
    user: &ClusterUser,
    namespace: &Namespace,
) -> Result<RulesHeld, ClusterError> {
    let review = SelfSubjectRulesReview {
        spec: SelfSubjectRulesReviewSpec { namespace: Some(namespace.to_string()) },
        ..SelfSubjectRulesReview::default()
    };
    let body = serde_json::to_vec(&review)
        .map_err(|error| ClusterError::Unexpected { message: error.to_string() })?;
    let request = Request::post(PATH).header(CONTENT_TYPE, "application/json").body(body);
    let person = Person::looking(client, user)?;
    let answer: SelfSubjectRulesReview = person.ask(request.map_err(malformed)?).await?;
    let status = answer.status.unwrap_or_default();
    let rules = status.resource_rules.into_iter().map(|rule| PolicyRule {
        api_groups: rule.api_groups,
        resources: rule.resources,
        resource_names: rule.resource_names,
        verbs: rule.verbs,
        non_resource_urls: None,
    });
    Ok(RulesHeld { rules: in_order(rules.collect()), incomplete: status.incomplete })
}
