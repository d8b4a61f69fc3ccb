//! What the audit log is told of a wave: each tenant that it reaches has an entry of its own.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PodPin, Said, Wave};
use crate::{
    actions::Request,
    audit::{EntryDraft, EntryOutcome},
    names::Login,
    tenants::TenantName,
    time::Timestamp,
};

/// A pod, and what was said of it once that is known.
#[derive(Serialize)]
struct PodTold<'a> {
    #[serde(flatten)]
    pod: &'a PodPin,
    #[serde(flatten)]
    said: Option<&'a Said>,
}

impl Request {
    /// The entries about one of its waves: that of its own tenant first, then those of the others that it reaches.
    pub(super) fn entries_of(
        &self,
        wave: &Wave,
        at: Timestamp,
        actor: &Login,
        outcome: EntryOutcome,
    ) -> (EntryDraft, Vec<EntryDraft>) {
        let home = self.body.target.tenant();
        let mut tenants: BTreeMap<TenantName, Vec<PodTold<'_>>> =
            [(home.clone(), Vec::new())].into();
        for (place, pod) in wave.pods.iter().enumerate() {
            let said = wave.said.as_ref().and_then(|said| said.get(place));
            tenants.entry(pod.tenant(&home.cluster)).or_default().push(PodTold { pod, said });
        }
        let entry = |tenant: TenantName, pods: &[PodTold<'_>]| {
            let draft = EntryDraft { tenant: Some(tenant), ..self.entry(at, actor, outcome) };
            draft
                .with_json("pods", &pods)
                .with("pods_in_wave", wave.pods.len())
                .with("deadline", wave.deadline.to_string())
        };
        let own = tenants.remove(&home).unwrap_or_default();
        let others = tenants.into_iter().map(|(tenant, pods)| entry(tenant, &pods)).collect();
        (entry(home, &own), others)
    }
}
