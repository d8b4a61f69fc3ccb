//! Acting on a cluster: looking a target up, asking what the cluster would say, carrying an effect out.
//!
//! Everything here goes out as the person; nothing here is done without a permit.

mod budgets;
mod carry_out;
mod dry_run;
mod eviction;
mod fingerprint;
mod look_up;
mod sending;

use async_trait::async_trait;
use domain::{
    access::{Execute, Permit, Preview},
    actions::{Accepted, CommittedIntent, DryRunVerdict, Effect, EffectError, Snapshot, TargetRef},
    names::ClusterUser,
    resources::{ClusterError, Effects},
};

use super::kubernetes::KubernetesCluster;

#[async_trait]
impl Effects for KubernetesCluster {
    async fn look_up(
        &self,
        user: &ClusterUser,
        target: &TargetRef,
    ) -> Result<Snapshot, ClusterError> {
        look_up::look_up(self, user, target).await
    }

    async fn dry_run(
        &self,
        permit: &Permit<Preview>,
        effect: &Effect,
    ) -> Result<DryRunVerdict, ClusterError> {
        dry_run::dry_run(self, permit, effect).await
    }

    async fn carry_out(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        effect: &Effect,
    ) -> Result<Accepted, EffectError> {
        carry_out::carry_out(self, permit, intent, effect).await
    }
}
