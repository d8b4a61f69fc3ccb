//! The port by which grants are made in a cluster, looked for, and taken away. All of it is done as the console's own
//! account, which holds none of the roles itself.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    ClusterRole, ClusterToken, CommittedActivation, CommittedRemoval, CommittedToken, Held,
    RoleRule, Scan, Standing,
};
use crate::{
    access::GrantPermit,
    actions::EffectError,
    names::{ClusterRoleName, ClusterUser, Namespace},
    resources::ClusterError,
    who_can::Rbac,
};

/// What somebody's own user may do in a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesHeld {
    /// The rules.
    pub rules: Vec<RoleRule>,
    /// Whether the cluster could not tell all of them.
    pub incomplete: bool,
}

/// Keeps grants in one cluster.
#[async_trait]
pub trait GrantKeeper: Send + Sync {
    /// A cluster role as it is now, read past every cache.
    ///
    /// # Errors
    /// [`ClusterError::NotFound`] when there is none.
    async fn cluster_role(&self, name: &ClusterRoleName) -> Result<ClusterRole, ClusterError>;

    /// What somebody's own user may do in a namespace now, asked as that user.
    async fn rules_of(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<RulesHeld, ClusterError>;

    /// All that RBAC says about a namespace; some seconds old at most.
    async fn rbac(&self, namespace: &Namespace) -> Result<Arc<Rbac>, ClusterError>;

    /// Makes account and binding, once, and not after the deadline of the word. An attempt that is repeated meets
    /// itself; what stands there and is something else is refused and left to be told of.
    async fn give(
        &self,
        permit: GrantPermit,
        word: CommittedActivation,
    ) -> Result<Held, EffectError>;

    /// Makes a token of a grant's account, of that very account and no namesake.
    async fn token(&self, word: CommittedToken) -> Result<ClusterToken, ClusterError>;

    /// What the cluster holds now that has to do with grants, read past every cache.
    async fn standing(&self, scan: Scan) -> Result<Standing, ClusterError>;

    /// Takes everything away that the word names, in its order, and looks whether it is gone. One piece that stays keeps
    /// no other. Where the word means one object alone, another by its name stays.
    ///
    /// # Errors
    /// Whatever kept the first piece that stayed. The others are gone.
    async fn take(&self, word: &CommittedRemoval) -> Result<(), ClusterError>;
}
