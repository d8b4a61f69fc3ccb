//! How far an action reaches that takes pods away in waves, tenant by tenant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fate, Fated, PodPin};
use crate::{
    actions::{
        BlastRadius, BudgetImpact, ServiceImpact, Surroundings, WorkloadImpact,
        blast_radius::keeper,
    },
    names::{ClusterName, ObjectName},
    resources::PodRow,
    tenants::TenantName,
};

/// What happens in one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantReach {
    /// The tenant.
    pub tenant: TenantName,
    /// Its pods that are looked at, those that stay among them.
    pub pods: Vec<PodReach>,
    /// The workloads whose pods are taken away.
    pub workloads: Vec<WorkloadImpact>,
    /// The disruption budgets that cover these pods.
    pub budgets: Vec<BudgetImpact>,
    /// The Services that send requests to them.
    pub services: Vec<ServiceImpact>,
}

/// What happens to one pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodReach {
    /// Its name.
    pub name: ObjectName,
    /// What becomes of it.
    pub fate: Fate,
}

/// What happens where the person may not look, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// Tenants.
    pub tenants: u32,
    /// Pods that are taken away there.
    pub pods: u32,
}

impl Unseen {
    pub(crate) fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl TenantReach {
    /// What becomes of these pods of one namespace, of which so many may be missing at a time.
    pub(crate) fn of(
        tenant: TenantName,
        pods: &[Fated],
        missing: u32,
        around: Surroundings<'_>,
    ) -> Self {
        let taken: Vec<&PodRow> =
            pods.iter().filter(|it| it.fate.is_taken()).map(|it| it.pod.as_ref()).collect();
        let labels: Vec<_> = taken.iter().map(|pod| &pod.labels).collect();
        let is_taken = |pod: &PodRow| taken.iter().any(|it| it.uid == pod.uid);
        let reach = |it: &Fated| PodReach { name: it.pod.name.clone(), fate: it.fate };
        Self {
            tenant,
            pods: pods.iter().map(reach).collect(),
            workloads: workloads(&taken, missing, around),
            budgets: around.covering(&labels),
            services: around.behind(&labels, |ready| {
                let own = ready.iter().filter(|pod| is_taken(pod)).count();
                u32::try_from(own).unwrap_or(u32::MAX).min(missing)
            }),
        }
    }

    fn taken(&self) -> u32 {
        let taken = self.pods.iter().filter(|pod| pod.fate.is_taken()).count();
        u32::try_from(taken).unwrap_or(u32::MAX)
    }
}

impl BlastRadius {
    /// The same for whoever may see these tenants only: of the others there are numbers.
    #[must_use]
    pub fn seen_in(mut self, visible: impl Fn(&TenantName) -> bool) -> Self {
        let (seen, unseen): (Vec<_>, Vec<_>) =
            self.reached.into_iter().partition(|reach| visible(&reach.tenant));
        self.reached = seen;
        self.unseen.tenants += u32::try_from(unseen.len()).unwrap_or(u32::MAX);
        self.unseen.pods += unseen.iter().map(TenantReach::taken).sum::<u32>();
        self
    }

    /// The tenants that it reaches pod by pod.
    pub(crate) fn tenants(&self) -> Vec<TenantName> {
        self.reached.iter().map(|reach| reach.tenant.clone()).collect()
    }

    /// How many pods it takes away in waves.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.unseen.pods + self.reached.iter().map(TenantReach::taken).sum::<u32>()
    }
}

/// The pods by their namespaces, in order.
pub(in crate::actions) fn by_tenant(
    cluster: &ClusterName,
    pods: Vec<Fated>,
) -> BTreeMap<TenantName, Vec<Fated>> {
    let mut tenants: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for fated in pods {
        let tenant = PodPin::from(fated.pod.as_ref()).tenant(cluster);
        tenants.entry(tenant).or_default().push(fated);
    }
    tenants
}

fn workloads(taken: &[&PodRow], missing: u32, around: Surroundings<'_>) -> Vec<WorkloadImpact> {
    let mut lost: BTreeMap<&str, u32> = BTreeMap::new();
    for pod in taken {
        let owner = pod.owner.as_ref();
        if let Some(row) = owner.and_then(|owner| keeper(&owner.uid, around.workloads)) {
            *lost.entry(row.uid.as_str()).or_default() += u32::from(pod.is_ready());
        }
    }
    let rows = around.workloads.iter().filter_map(|row| Some((row, *lost.get(row.uid.as_str())?)));
    rows.map(|(row, lost)| WorkloadImpact {
        ready_after: row.ready.saturating_sub(lost.min(missing)),
        ..WorkloadImpact::from(row.as_ref())
    })
    .collect()
}
