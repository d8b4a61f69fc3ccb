//! Access reviews: questions about what somebody may do.
//!
//! Never stores what it answers.

use serde_json::{Value, json};

use super::{Answer, write::Incoming};
use crate::{
    access::{self, Attributes, Resource, Target, User},
    cluster::Cluster,
    object::Object,
    refusal::Refusal,
};

pub(super) const GROUP: &str = "authorization.k8s.io";

/// The four kinds of review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Review {
    Access,
    LocalAccess,
    SelfAccess,
    SelfRules,
}

impl Review {
    pub(super) const ALL: [Self; 4] =
        [Self::LocalAccess, Self::SelfAccess, Self::SelfRules, Self::Access];

    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Access => "SubjectAccessReview",
            Self::LocalAccess => "LocalSubjectAccessReview",
            Self::SelfAccess => "SelfSubjectAccessReview",
            Self::SelfRules => "SelfSubjectRulesReview",
        }
    }

    pub(super) fn plural(self) -> String {
        format!("{}s", self.kind().to_lowercase())
    }

    pub(super) fn is_namespaced(self) -> bool {
        self == Self::LocalAccess
    }

    /// The review a resource stands for.
    pub(super) fn of(resource: &Resource) -> Option<Self> {
        let named = |review: &Self| review.plural() == resource.plural;
        let here =
            resource.group == GROUP && resource.version == "v1" && resource.subresource.is_empty();
        if here { Self::ALL.into_iter().find(named) } else { None }
    }

    pub(super) fn answer(
        self,
        cluster: &Cluster,
        resource: &Resource,
        incoming: &Incoming<'_>,
    ) -> Result<Answer, Refusal> {
        let review = Object::new(incoming.json()?);
        let (objects, _) = cluster.store.snapshot();
        let status = if self == Self::SelfRules {
            let namespace = review.text("/spec/namespace");
            if namespace.is_empty() {
                return Err(Refusal::bad_request("no namespace on request"));
            }
            rules(&access::rules_of(&objects, incoming.user, namespace))
        } else {
            let attributes = self.attributes(&review, resource)?;
            let subject = match self {
                Self::SelfAccess => incoming.user.clone(),
                _ => self.subject(&review)?,
            };
            let decision = access::authorise(&objects, &subject, &attributes);
            let mut status = json!({ "allowed": decision.allowed });
            if !decision.reason.is_empty() {
                status["reason"] = json!(decision.reason);
            }
            status
        };
        Ok(Answer::created(json!({
            "kind": self.kind(),
            "apiVersion": format!("{GROUP}/v1"),
            "metadata": { "creationTimestamp": null },
            "spec": review.at("/spec"),
            "status": status,
        })))
    }

    fn invalid(self, field: &str, complaint: &str) -> Refusal {
        Refusal::invalid(GROUP, self.kind(), "", field, ("FieldValueInvalid", complaint))
    }

    fn subject(self, review: &Object) -> Result<User, Refusal> {
        let list = |values: &[Value]| {
            values.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
        };
        let user = User {
            name: review.text("/spec/user").to_owned(),
            uid: review.text("/spec/uid").to_owned(),
            groups: list(review.items("/spec/groups")),
            ..User::default()
        };
        if user.name.is_empty() && user.groups.is_empty() {
            let complaint = "Invalid value: \"\": at least one of user or group must be specified";
            return Err(self.invalid("spec.user", complaint));
        }
        Ok(user)
    }

    fn attributes(self, review: &Object, place: &Resource) -> Result<Attributes, Refusal> {
        let text =
            |field: &str| review.text(&format!("/spec/resourceAttributes/{field}")).to_owned();
        let (on_resource, on_path) =
            (review.has("/spec/resourceAttributes"), review.has("/spec/nonResourceAttributes"));
        if on_resource == on_path {
            let complaint = "Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified";
            return Err(self.invalid("spec.resourceAttributes", complaint));
        }
        if on_path {
            let verb = review.text("/spec/nonResourceAttributes/verb").to_owned();
            let path = review.text("/spec/nonResourceAttributes/path").to_owned();
            return Ok(Attributes { verb, target: Target::Path(path) });
        }
        if self.is_namespaced() && text("namespace") != place.namespace {
            let complaint =
                format!("Invalid value: \"{}\": must match metadata.namespace", text("namespace"));
            return Err(self.invalid("spec.resourceAttributes.namespace", &complaint));
        }
        let resource = Resource {
            group: text("group"),
            version: text("version"),
            namespace: text("namespace"),
            plural: text("resource"),
            subresource: text("subresource"),
            name: text("name"),
        };
        Ok(Attributes { verb: text("verb"), target: Target::Resource(resource) })
    }
}

fn rules(rules: &[Value]) -> Value {
    let on_paths = |rule: &&Value| rule["nonResourceURLs"].is_array();
    json!({
        "resourceRules": rules.iter().filter(|rule| !on_paths(rule)).collect::<Vec<_>>(),
        "nonResourceRules": rules.iter().filter(on_paths).collect::<Vec<_>>(),
        "incomplete": false,
    })
}
