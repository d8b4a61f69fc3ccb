//! The proof that an effect was allowed. Made in one place, used once.

use std::marker::PhantomData;

use crate::{
    actions::ActionKind,
    canonical::Digest,
    ids::RequestId,
    names::{ClusterUser, Login},
    tenants::TenantName,
};

/// What a permit is good for.
pub trait Purpose: sealed::Sealed {}

/// Asking the cluster what it would say; changes nothing.
#[derive(Debug)]
pub enum Preview {}

/// Carrying out one request.
#[derive(Debug)]
pub enum Execute {}

impl Purpose for Preview {}
impl Purpose for Execute {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Preview {}
    impl Sealed for super::Execute {}
}

/// Leave to do one thing, once: for one actor, action, tenant and digest.
///
/// It cannot be built outside the functions beside [`authorise`](super::authorise), copied, or read from anywhere:
///
/// ```compile_fail
/// fn twice(permit: domain::access::Permit<domain::access::Execute>) {
///     let _copy = permit.clone();
/// }
/// ```
/// ```compile_fail
/// fn from_wire(text: &str) -> domain::access::Permit<domain::access::Execute> {
///     serde_json::from_str(text).unwrap()
/// }
/// ```
/// ```compile_fail
/// fn forged(scope: domain::access::PermitScope) -> domain::access::Permit<domain::access::Execute> {
///     domain::access::Permit { scope, purpose: std::marker::PhantomData }
/// }
/// ```
#[derive(Debug)]
#[must_use = "a permit that is not used allows nothing"]
pub struct Permit<P: Purpose> {
    scope: PermitScope,
    purpose: PhantomData<P>,
}

/// What a permit is bound to, and as whom the cluster is called under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermitScope {
    /// Who acts.
    pub actor: Login,
    /// As which user the cluster sees them.
    pub cluster_user: ClusterUser,
    /// The one action whose group, `sekisho:act:<action>`, the call carries.
    pub action: ActionKind,
    /// The tenant it reaches.
    pub tenant: TenantName,
    /// The digest of what is acted on: of the request, or of the target while there is none.
    pub digest: Digest,
    /// The request that is carried along to the cluster's audit log.
    pub request: Option<RequestId>,
    /// Who approved it.
    pub approvers: Vec<Login>,
}

impl<P: Purpose> Permit<P> {
    pub(super) fn grant(scope: PermitScope) -> Self {
        Self { scope, purpose: PhantomData }
    }

    /// What it is bound to.
    #[must_use]
    pub fn scope(&self) -> &PermitScope {
        &self.scope
    }
}
