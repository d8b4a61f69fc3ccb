//! The proof that a role may be given to somebody. Made in one place, used once.

use super::{Question, Refusal, Verdict};
use crate::{
    canonical::Digest,
    grants::{Grant, GrantState},
    ids::GrantId,
    names::Login,
    policy::PolicySnapshot,
    tenants::TenantName,
};

/// Leave to make one grant in its cluster, once: for one holder, role, tenant and digest.
///
/// It cannot be built outside the functions beside [`authorise`](super::authorise), copied, or read from anywhere:
///
/// ```compile_fail
/// fn twice(permit: domain::access::GrantPermit) {
///     let _copy = permit.clone();
/// }
/// ```
/// ```compile_fail
/// fn from_wire(text: &str) -> domain::access::GrantPermit {
///     serde_json::from_str(text).unwrap()
/// }
/// ```
/// ```compile_fail
/// fn forged(scope: domain::access::GrantScope) -> domain::access::GrantPermit {
///     domain::access::GrantPermit { scope }
/// }
/// ```
#[derive(Debug)]
#[must_use = "a permit that is not used allows nothing"]
pub struct GrantPermit {
    scope: GrantScope,
}

/// What a permit to give a role is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantScope {
    /// The grant.
    pub grant: GrantId,
    /// Its digest.
    pub digest: Digest,
    /// Who is to hold the role.
    pub holder: Login,
    /// Where.
    pub tenant: TenantName,
    /// Who approved it.
    pub approvers: Vec<Login>,
}

impl GrantPermit {
    /// What it is bound to.
    #[must_use]
    pub fn scope(&self) -> &GrantScope {
        &self.scope
    }
}

/// Leave to make a grant in its cluster: one whose word was given, for somebody who might ask for it now.
///
/// Whether its approvals suffice is the grant's own business: without them its word is not given
/// (see [`Grant::approve`]).
pub fn permit_grant(policy: &PolicySnapshot, grant: &Grant) -> Result<GrantPermit, Refusal> {
    let body = &grant.body;
    let act = grant.act();
    let refused = |by: Vec<String>| Refusal::Rules { act, by };
    let Some(person) = policy.policy.people.get(&body.holder) else {
        return Err(refused(vec!["only-listed-people".to_owned()]));
    };
    let GrantState::Activating(_) = grant.state else {
        return Err(refused(vec!["no-role-without-approval".to_owned()]));
    };
    let resource = grant.as_resource(policy);
    let question = Question { person, act, resource: &resource, at: policy.at };
    match policy.rules.decide(question) {
        Verdict::Allowed { .. } => Ok(GrantPermit {
            scope: GrantScope {
                grant: body.id,
                digest: grant.digest,
                holder: body.holder.clone(),
                tenant: body.tenant.name(),
                approvers: grant.approvers(),
            },
        }),
        Verdict::Refused { by } => Err(refused(by)),
    }
}
