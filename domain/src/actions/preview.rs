//! What will happen, computed now: what requester and approver see before they agree.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{BlastRadius, DryRunVerdict, FieldChange, Neighbour, Tripped, Unseen};
use crate::{
    canonical::{Digest, NotCanonical},
    tenants::TenantName,
    time::Timestamp,
};

/// What will happen, as computed at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewReport {
    /// What the cluster would say.
    pub dry_run: DryRunVerdict,
    /// The fields that would be others, with all that admission makes of them.
    pub changes: Vec<FieldChange>,
    /// How far it reaches.
    pub blast_radius: BlastRadius,
    /// The guard rails that stand against it.
    pub tripped: Vec<Tripped>,
    /// What else is asked for or was done to the same target.
    pub neighbours: Vec<Neighbour>,
    /// The target's status at that moment, as `kubectl` prints it.
    pub target_status: String,
    /// The version of the target that was read.
    pub resource_version: String,
    /// That moment.
    pub computed_at: Timestamp,
}

impl PreviewReport {
    /// The same without what is asked for elsewhere: entries of one another would grow without end.
    #[must_use]
    pub fn as_evidence(&self) -> Self {
        Self { neighbours: Vec::new(), ..self.clone() }
    }

    /// The same for whoever may see these tenants only: of the others there are numbers, and no word of the cluster's.
    #[must_use]
    pub(super) fn seen_in(self, visible: &BTreeSet<TenantName>) -> Self {
        let blast_radius = self.blast_radius.seen_in(|tenant| visible.contains(tenant));
        let dry_run = match &blast_radius.unseen {
            Unseen { tenants: 0, .. } => self.dry_run,
            _ => self.dry_run.without_words(visible),
        };
        Self { dry_run, blast_radius, ..self }
    }

    /// What a signature commits to, together with the request's digest: SHA-256 over the canonical
    /// JSON, marked `sekisho/preview/v2`, of all that a person judges by. The moment, the version read and
    /// the neighbours are evidence only: they move while nothing of this request does.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            dry_run: &'a DryRunVerdict,
            changes: &'a [FieldChange],
            blast_radius: &'a BlastRadius,
            tripped: &'a [Tripped],
            target_status: &'a str,
        }
        Digest::of_canonical(&Versioned {
            r#type: "sekisho/preview/v2",
            dry_run: &self.dry_run,
            changes: &self.changes,
            blast_radius: &self.blast_radius,
            tripped: &self.tripped,
            target_status: &self.target_status,
        })
    }
}
