//! How a view stands: equal standings look the same, as far as the store knows.

use futures::{StreamExt, stream, stream::BoxStream};

use super::View;
use crate::{access::Actor, console::Console, ids::RequestId, problem::Problem, resources::Change};

/// The requests of a view, each with its version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing(Vec<(RequestId, u64)>);

impl Console {
    /// How a view stands now, if the person may see it.
    pub async fn standing(&self, actor: &Actor, view: &View) -> Result<Standing, Problem> {
        let versions = match view {
            View::Home => {
                let waiting = self.waiting_for(actor).await?;
                waiting.iter().map(|request| (request.id, request.version)).collect()
            }
            View::Tenant(name) => {
                self.visible_tenant(actor, name).await?;
                Vec::new()
            }
            View::Request(id) => vec![(*id, self.visible_request(actor, *id).await?.version)],
        };
        Ok(Standing(versions))
    }

    /// Notes of change from the clusters that may concern a view.
    #[must_use]
    pub fn changes(&self, view: &View) -> BoxStream<'static, Change> {
        let clusters = self.ports.clusters.all().into_iter().filter(|cluster| match view {
            View::Tenant(name) => name.cluster == *cluster.name(),
            View::Home | View::Request(_) => true,
        });
        let view = view.clone();
        let changes = stream::select_all(clusters.map(|cluster| cluster.changes()));
        changes.filter(move |change| std::future::ready(view.concerns(change))).boxed()
    }
}
