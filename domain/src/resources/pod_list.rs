//! The pods of a tenant: searched, sorted and paged here, not in the browser.

use std::{cmp::Ordering, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use super::PodRow;
use crate::{
    access::Actor,
    console::Console,
    page::{Page, PageRequest},
    problem::Problem,
    tenants::TenantName,
};

/// Which pods, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodQuery {
    /// Words that must all stand in name, status, node or owner; any case.
    pub search: String,
    /// The order.
    pub sort: PodSort,
    /// The page.
    pub page: PageRequest,
}

/// The order of pods; names break ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PodSort {
    /// Failing first, then by name.
    #[default]
    Trouble,
    /// By name.
    Name,
    /// By status, then name.
    Status,
    /// Most restarts first.
    Restarts,
    /// Youngest first.
    Age,
    /// By node.
    Node,
}

/// There is no such order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one of trouble, name, status, restarts, age, node")]
pub struct UnknownSort;

impl FromStr for PodSort {
    type Err = UnknownSort;

    fn from_str(text: &str) -> Result<Self, UnknownSort> {
        Ok(match text {
            "trouble" => Self::Trouble,
            "name" => Self::Name,
            "status" => Self::Status,
            "restarts" => Self::Restarts,
            "age" => Self::Age,
            "node" => Self::Node,
            _ => return Err(UnknownSort),
        })
    }
}

impl PodSort {
    fn compare(self, a: &PodRow, b: &PodRow) -> Ordering {
        let by = match self {
            Self::Trouble => trouble(b).cmp(&trouble(a)),
            Self::Name => Ordering::Equal,
            Self::Status => a.status.cmp(&b.status),
            Self::Restarts => b.restarts.cmp(&a.restarts),
            Self::Age => b.created_at.cmp(&a.created_at),
            Self::Node => a.node.cmp(&b.node),
        };
        by.then_with(|| a.name.cmp(&b.name))
    }
}

impl Console {
    /// A page of the pods of a tenant, if the person may see it.
    ///
    /// The cursor is the name of the last pod shown: pods that come and go meanwhile shift nothing.
    pub async fn pods(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        query: &PodQuery,
    ) -> Result<Page<Arc<PodRow>>, Problem> {
        let pods = self.tenant_pods(actor, tenant).await?;
        query.page_of(pods)
    }
}

impl PodQuery {
    /// The page wanted of these pods.
    pub fn page_of(&self, mut pods: Vec<Arc<PodRow>>) -> Result<Page<Arc<PodRow>>, Problem> {
        pods.sort_by(|a, b| self.sort.compare(a, b));
        let start = match &self.page.cursor {
            None => 0,
            Some(last) => {
                1 + pods
                    .iter()
                    .position(|pod| pod.name.as_str() == last)
                    .ok_or_else(|| gone(last))?
            }
        };
        let words: Vec<_> = self.search.split_whitespace().map(str::to_lowercase).collect();
        let mut items: Vec<_> = pods
            .into_iter()
            .skip(start)
            .filter(|pod| words.iter().all(|word| mentions(pod, word)))
            .collect();
        let more = items.len() > self.page.limit();
        items.truncate(self.page.limit());
        let next = items.last().filter(|_| more).map(|pod| pod.name.to_string());
        Ok(Page { items, next })
    }
}

/// How much of a look a pod needs: failing, then whatever should be ready and is not.
fn trouble(pod: &PodRow) -> u8 {
    match pod {
        _ if pod.is_failing() => 2,
        _ if pod.is_ready() || pod.is_completed() => 0,
        _ => 1,
    }
}

fn gone(cursor: &str) -> Problem {
    Problem::malformed(
        "cursor",
        format_args!("the pod {cursor:.80} is no longer there; begin again"),
    )
}

fn mentions(pod: &PodRow, word: &str) -> bool {
    let owner = pod.owner.as_ref().map_or("", |owner| owner.name.as_str());
    [pod.name.as_str(), &pod.status, pod.node.as_deref().unwrap_or(""), owner]
        .iter()
        .any(|text| text.to_lowercase().contains(word))
}
