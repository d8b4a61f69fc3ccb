//! A cluster as full as a company's: tenants with Deployments, and pods that run as far as anybody can tell.
//!
//! Pods are bound to nodes that do not exist and their status is written as a kubelet would. Everything
//! else is real: the API server's own controllers make ReplicaSets adopt pods and Deployments adopt
//! ReplicaSets.

mod names;
mod node;
mod pod;
mod workload;
mod writing;

use std::time::Duration;

use futures::future;
use tokio::time::{Instant, sleep};

use super::{Trouble, caller::Caller, progress::step};
use writing::{Write, write_all};

pub use names::{Place, tenant};

/// How long controllers may take to bring everything to rest.
const REST_WITHIN: Duration = Duration::from_mins(5);
/// Pods on one node.
const PODS_PER_NODE: usize = 100;
/// Pods of one Deployment.
const PODS_PER_WORKLOAD: usize = 5;

/// How much is in the cluster.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// Namespaces.
    pub tenants: usize,
    /// Pods in each.
    pub pods_each: usize,
}

impl Crowd {
    /// Pods altogether.
    #[must_use]
    pub fn pods(self) -> usize {
        self.tenants * self.pods_each
    }

    /// The pods of a tenant.
    pub fn places(self, tenant: usize) -> impl Iterator<Item = Place> {
        (0..self.pods_each).map(move |pod| Place {
            tenant,
            workload: pod / PODS_PER_WORKLOAD,
            pod: pod % PODS_PER_WORKLOAD,
        })
    }

    fn all_places(self) -> impl Iterator<Item = Place> {
        (0..self.tenants).flat_map(move |tenant| self.places(tenant))
    }

    fn workloads(self) -> Vec<Place> {
        self.all_places().filter(|place| place.pod == 0).collect()
    }

    /// The pods of the workload of this place.
    fn replicas(self, of: Place) -> usize {
        self.places(of.tenant).filter(|place| place.workload == of.workload).count()
    }

    /// Puts all of it into an empty cluster, as its administrator, and waits until it has come to rest.
    pub async fn settle(self, admin: &Caller) -> Result<(), Trouble> {
        let nodes = self.pods().div_ceil(PODS_PER_NODE);
        step(format_args!("{nodes} nodes and {} namespaces", self.tenants), async {
            write_all((0..nodes).map(|number| node::settle(admin, number))).await?;
            let namespaces = (0..self.tenants).map(tenant);
            write_all(namespaces.map(|name| Write::namespace(&name).send(admin))).await?;
            until(|| accounts(admin), self.tenants).await
        })
        .await?;
        step(format_args!("{} pods", self.pods()), async {
            let pods = self.all_places().enumerate();
            write_all(pods.map(|(n, place)| pod::settle(admin, place, n % nodes, n))).await
        })
        .await?;
        let workloads = self.workloads();
        step(format_args!("{} ReplicaSets, which adopt the pods", workloads.len()), async {
            let sets =
                workloads.iter().map(|place| workload::replica_set(*place, self.replicas(*place)));
            write_all(sets.map(|set| set.send(admin))).await?;
            until(|| total(admin, "replicasets", "readyReplicas"), self.pods()).await
        })
        .await?;
        step("Deployments, which adopt the ReplicaSets", async {
            let all =
                workloads.iter().map(|place| workload::deployment(*place, self.replicas(*place)));
            write_all(all.map(|deployment| deployment.send(admin))).await?;
            until(|| total(admin, "deployments", "availableReplicas"), self.pods()).await?;
            self.check(admin).await
        })
        .await
    }

    /// Exactly this much is there.
    async fn check(self, admin: &Caller) -> Result<(), Trouble> {
        let (pods, sets) = future::try_join(
            count(admin, "/api/v1/pods"),
            count(admin, "/apis/apps/v1/replicasets"),
        )
        .await?;
        let expected = (self.pods(), self.workloads().len());
        if (pods, sets) == expected {
            return Ok(());
        }
        Err(format!("{pods} pods and {sets} ReplicaSets where {expected:?} should be").into())
    }
}

/// Looks until the figure is reached.
async fn until<F: Future<Output = Result<usize, Trouble>>>(
    look: impl Fn() -> F,
    figure: usize,
) -> Result<(), Trouble> {
    let began = Instant::now();
    loop {
        let found = look().await?;
        if found == figure {
            return Ok(());
        }
        if began.elapsed() > REST_WITHIN {
            return Err(format!("waited in vain for {figure}: {found}").into());
        }
        sleep(Duration::from_secs(1)).await;
    }
}

/// Namespaces have their account before pods can be made in them.
async fn accounts(admin: &Caller) -> Result<usize, Trouble> {
    let path = "/api/v1/serviceaccounts?fieldSelector=metadata.name%3Ddefault";
    let list = admin.get(path).await?.json()?;
    let ours = list["items"].as_array().into_iter().flatten().filter(|account| {
        let namespace = account["metadata"]["namespace"].as_str().unwrap_or_default();
        names::is_tenant(namespace)
    });
    Ok(ours.count())
}

/// What the workloads of a kind say of themselves, summed up.
async fn total(admin: &Caller, kind: &str, field: &str) -> Result<usize, Trouble> {
    let list = admin.get(&format!("/apis/apps/v1/{kind}")).await?.json()?;
    let items = list["items"].as_array().into_iter().flatten();
    let each = items.filter_map(|item| item["status"][field].as_u64());
    Ok(usize::try_from(each.sum::<u64>())?)
}

async fn count(admin: &Caller, path: &str) -> Result<usize, Trouble> {
    let page = admin.get(&format!("{path}?limit=1")).await?.json()?;
    let shown = page["items"].as_array().map_or(0, Vec::len);
    let remaining = page["metadata"]["remainingItemCount"].as_u64().unwrap_or_default();
    Ok(shown + usize::try_from(remaining)?)
}
