//! Grants in the cluster: an account of its own for each, and one binding. All of it as the console's own account, which
//! may do this and nothing else.
//!
//! Never binds what is not signed for, and never believes that something is gone before the API server says so.

mod give;
mod manifests;
mod role;
mod rules;
mod standing;
mod take;
mod token;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    access::GrantPermit,
    actions::EffectError,
    grants::{
        ClusterRole, ClusterToken, CommittedActivation, CommittedRemoval, CommittedToken,
        GrantKeeper, Held, RulesHeld, Scan, Standing,
    },
    names::{ClusterRoleName, ClusterUser, Namespace},
    resources::ClusterError,
    who_can::Rbac,
};

use super::kubernetes::KubernetesCluster;

pub(super) use role::in_order;

#[async_trait]
impl GrantKeeper for KubernetesCluster {
    async fn cluster_role(&self, name: &ClusterRoleName) -> Result<ClusterRole, ClusterError> {
        role::cluster_role(&self.client, name).await
    }

    async fn rules_of(
        &self,
        user: &ClusterUser,
        namespace: &Namespace,
    ) -> Result<RulesHeld, ClusterError> {
        rules::rules_of(&self.client, user, namespace).await
    }

    async fn rbac(&self, namespace: &Namespace) -> Result<Arc<Rbac>, ClusterError> {
        self.rbac.rbac(namespace).await
    }

    async fn give(
        &self,
        permit: GrantPermit,
        word: CommittedActivation,
    ) -> Result<Held, EffectError> {
        give::give(self, permit, word).await
    }

    async fn token(&self, word: CommittedToken) -> Result<ClusterToken, ClusterError> {
        token::token(self, word).await
    }

    async fn standing(&self, scan: Scan) -> Result<Standing, ClusterError> {
        standing::standing(&self.client, scan).await
    }

    async fn take(&self, word: &CommittedRemoval) -> Result<(), ClusterError> {
        take::take(&self.client, word).await
    }
}
