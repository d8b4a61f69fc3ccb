//! Asking the cluster what it would say to an action that takes pods away in waves; changes nothing.

use futures::{StreamExt, stream};

use super::{Evictions, PodPin};
use crate::{
    access::{Permit, Preview},
    actions::{Change, DryRun, DryRunRefusal, DryRunVerdict, Effect, Part, Target},
    resources::{Cluster, ClusterError},
};

/// How many pods are asked about at once.
const AT_ONCE: usize = 8;

/// What is rehearsed.
#[derive(Clone, Copy)]
pub(in crate::actions) struct Rehearsal<'a> {
    pub(in crate::actions) target: &'a Target,
    pub(in crate::actions) evictions: &'a Evictions,
    /// Those of the pods that are there still.
    pub(in crate::actions) pods: &'a [PodPin],
}

impl Rehearsal<'_> {
    /// What the cluster would say to all of it: the first thing that it would refuse for good, or else the budgets that
    /// hold pods back now.
    pub(in crate::actions) async fn ask(
        self,
        cluster: &dyn Cluster,
        permit: &Permit<Preview>,
    ) -> Result<DryRun, ClusterError> {
        let Self { target, evictions, pods } = self;
        let mut after = None;
        if let Some(patch) = evictions.first.clone() {
            let change = Change::Patch { part: Part::Whole, patch };
            let said = cluster.dry_run(permit, &Effect { target: target.clone(), change }).await?;
            if said.verdict != DryRunVerdict::Accepted {
                return Ok(said);
            }
            after = said.after;
        }
        let asked = stream::iter(pods.to_vec()).map(|pod| async move {
            let said = cluster.rehearse_eviction(permit, &pod).await;
            (pod, said)
        });
        let answers: Vec<_> = asked.buffered(AT_ONCE).collect().await;
        let mut held_by = None;
        let mut unasked = 0;
        for (pod, said) in &answers {
            match said {
                Ok(DryRunVerdict::Accepted) | Err(ClusterError::NotFound) => {}
                Ok(DryRunVerdict::Refused { reason: DryRunRefusal::Budget { names }, message }) => {
                    let (all, _) = held_by.get_or_insert_with(|| (Vec::new(), message.clone()));
                    all.extend(names.iter().map(|name| format!("{}/{name}", pod.namespace)));
                }
                Ok(refused) => return Ok(DryRun { verdict: refused.clone(), after }),
                // One that could not be asked about now keeps nobody from deciding about the others.
                Err(_) => unasked += 1,
            }
        }
        if unasked > 0 && unasked == answers.len() {
            let message = "no pod could be asked about".to_owned();
            return Err(ClusterError::Unreachable { message });
        }
        let verdict = held_by.map_or(DryRunVerdict::Accepted, |(mut names, message)| {
            names.sort();
            names.dedup();
            DryRunVerdict::Refused { reason: DryRunRefusal::Budget { names }, message }
        });
        Ok(DryRun { verdict, after })
    }
}
