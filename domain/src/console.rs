//! The use cases' one home: everything the console can do, over ports.
//!
//! Each operation is a method in a file of its own, beside the types it is about. Pages and JSON API
//! are two doors to the same methods.

use std::sync::Arc;

use crate::{
    actions::RequestStore,
    audit::EntryStore,
    break_glass::ReviewStore,
    grants::{GrantStore, ToldOf},
    identity::{FailureCounter, IdentityStore, RelyingParty, SessionLimits},
    ids::Ids,
    notifications::{Courier, Outbox},
    policy::{PolicySnapshot, PolicySource, PolicyStore},
    recovery::RecoveryStore,
    resources::Clusters,
    time::{Clock, Timestamp},
};

/// What the console stands on.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Identifiers and randomness.
    pub ids: Arc<dyn Ids>,
    /// Who may do what.
    pub policy: Arc<dyn PolicySource>,
    /// Which policy is in force for every replica.
    pub policy_store: Arc<dyn PolicyStore>,
    /// The clusters.
    pub clusters: Arc<dyn Clusters>,
    /// People, passkeys, sessions.
    pub identity: Arc<dyn IdentityStore>,
    /// Requests.
    pub requests: Arc<dyn RequestStore>,
    /// Grants.
    pub grants: Arc<dyn GrantStore>,
    /// Reviews of break-glass sessions.
    pub reviews: Arc<dyn ReviewStore>,
    /// Recoveries of people who lost every passkey.
    pub recoveries: Arc<dyn RecoveryStore>,
    /// The audit log.
    pub entries: Arc<dyn EntryStore>,
    /// What is to be told outside.
    pub outbox: Arc<dyn Outbox>,
    /// Who carries it there.
    pub courier: Arc<dyn Courier>,
    /// WebAuthn.
    pub relying_party: Arc<dyn RelyingParty>,
    /// How long sessions last.
    pub session_limits: SessionLimits,
}

/// Sekisho, as far as it decides anything.
#[derive(Clone)]
pub struct Console {
    pub(crate) ports: Ports,
    pub(crate) failures: Arc<FailureCounter>,
    pub(crate) unexplained: Arc<ToldOf>,
}

impl Console {
    /// A console over these ports.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        Self { ports, failures: Arc::default(), unexplained: Arc::default() }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// The policy in force, asked now.
    #[must_use]
    pub fn policy(&self) -> Arc<PolicySnapshot> {
        Arc::new(self.ports.policy.current().at(self.now()))
    }
}
