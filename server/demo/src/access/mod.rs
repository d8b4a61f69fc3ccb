//! Who is asking, as whom, and whether the cluster's own rules let them.
//!
//! Never acts: it answers questions about a request before anything happens.

mod account;
mod bootstrap;
mod coverage;
mod escalation;
mod impersonation;
mod rbac;
mod tokens;
mod user;

pub(crate) use self::{
    account::{AUDIENCE, AccountToken},
    bootstrap::objects as bootstrap_objects,
    escalation::check_escalation,
    impersonation::{NotImpersonated, impersonate},
    rbac::{Decision, authorise, rules_of},
    tokens::Tokens,
    user::User,
};
use crate::refusal::Refusal;

/// What is asked: a verb on a target.
#[derive(Clone, Debug)]
pub(crate) struct Attributes {
    pub(crate) verb: String,
    pub(crate) target: Target,
}

/// What a request is about.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A path outside the resources, such as `/version`.
    Path(String),
    /// A resource, or one object of it.
    Resource(Resource),
}

/// The coordinates of a resource request; what is not given is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resource {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) namespace: String,
    pub(crate) plural: String,
    pub(crate) subresource: String,
    pub(crate) name: String,
}

impl Resource {
    /// `pods/eviction`, as RBAC rules name it.
    pub(crate) fn full_name(&self) -> String {
        if self.subresource.is_empty() {
            self.plural.clone()
        } else {
            format!("{}/{}", self.plural, self.subresource)
        }
    }
}

impl Attributes {
    /// The refusal a user gets who may not do this, worded as the API server words it.
    pub(crate) fn forbidden(&self, user: &User, decision: &Decision) -> Refusal {
        let suffix = if decision.reason.is_empty() {
            String::new()
        } else {
            format!(": {}", decision.reason)
        };
        let who = &user.name;
        match &self.target {
            Target::Path(path) => {
                let why = format!("User \"{who}\" cannot {} path \"{path}\"{suffix}", self.verb);
                Refusal::forbidden("", "", "", &why)
            }
            Target::Resource(resource) => {
                let place = if resource.namespace.is_empty() {
                    "at the cluster scope".to_owned()
                } else {
                    format!("in the namespace \"{}\"", resource.namespace)
                };
                let why = format!(
                    "User \"{who}\" cannot {} resource \"{}\" in API group \"{}\" {place}{suffix}",
                    self.verb,
                    resource.full_name(),
                    resource.group
                );
                Refusal::forbidden(&resource.group, &resource.plural, &resource.name, &why)
            }
        }
    }
}
