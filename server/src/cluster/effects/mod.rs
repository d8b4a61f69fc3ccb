//! Acting on a cluster: looking a target up, asking what the cluster would say, carrying an effect out.
//!
//! Everything here goes out as the person; nothing here is done without a permit.

mod budgets;
mod call;
mod carry_out;
mod dry_run;
mod evict;
mod fingerprint;
mod look_up;
mod revisions;
mod sending;
mod status;

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    access::{Execute, Permit, Preview},
    actions::{
        Accepted, Change, CommittedIntent, DryRun, DryRunVerdict, Effect, EffectError, PodPin,
        Reads, Snapshot, TargetRef,
    },
    names::ClusterUser,
    resources::{ClusterError, Effects},
    time::Timestamp,
};

pub(super) use sending::never_left;

use super::{kubernetes::KubernetesCluster, places::Place};

#[async_trait]
impl Effects for KubernetesCluster {
    async fn look_up(
        &self,
        user: &ClusterUser,
        target: &TargetRef,
        reads: Reads,
    ) -> Result<Snapshot, ClusterError> {
        look_up::look_up(self, user, target, reads).await
    }

    async fn dry_run(
        &self,
        permit: &Permit<Preview>,
        effect: &Effect,
    ) -> Result<DryRun, ClusterError> {
        dry_run::dry_run(self, permit, effect).await
    }

    async fn rehearse_eviction(
        &self,
        permit: &Permit<Preview>,
        pod: &PodPin,
    ) -> Result<DryRunVerdict, ClusterError> {
        dry_run::rehearse_eviction(self, permit, pod).await
    }

    async fn evict(
        &self,
        permit: Permit<Execute>,
        intent: CommittedIntent,
        pod: &PodPin,
    ) -> Result<Accepted, EffectError> {
        evict::evict(self, permit, intent, pod).await
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

impl KubernetesCluster {
    /// The time until a deadline; nothing is sent once there is none.
    pub(in crate::cluster) fn time_until(
        &self,
        deadline: Timestamp,
    ) -> Result<Duration, EffectError> {
        match deadline.since(self.clock.now()) {
            Duration::ZERO => Err(EffectError::TooLate),
            left => Ok(left),
        }
    }

    /// Where an effect is written: beside the target's kind, or the kind of what is made.
    async fn place_of(&self, effect: &Effect) -> Result<Place, ClusterError> {
        let kind = match &effect.change {
            Change::Create { kind, .. } => *kind,
            _ => effect.target.kind,
        };
        self.places.of(&self.client, kind).await
    }
}
