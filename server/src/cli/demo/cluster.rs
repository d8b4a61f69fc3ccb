//! The demo's cluster: the embedded one with the RBAC that the policy asks for, or one of the person's own.
//!
//! The only place that names the demo cluster.

use std::{path::Path, sync::Arc};

use demo_cluster::{ApplyError, DemoCluster, Options, StartError};
use domain::{ids::Ids, names::ClusterName, time::Clock};

use crate::{
    cli::Failure,
    cluster::{BearerToken, ClusterSettings, ClusterSource, ExecPlugins},
    policy::{
        LoadedPolicy,
        rbac::{CONSOLE_USER, Namespaces, manifests},
    },
};

/// The cluster's name in the demo's policy.
const NAME: &str = "demo";

/// The embedded cluster did not start as it should.
#[derive(Debug, thiserror::Error)]
pub enum DemoClusterError {
    /// It did not start.
    #[error("the demo cluster did not start")]
    Start(#[from] StartError),
    /// It did not take what `sekisho rbac` renders.
    #[error("the demo cluster did not take a manifest")]
    Apply(#[from] ApplyError),
}

/// The cluster of a demo. The embedded one ends when this is dropped.
pub(super) struct DemoTarget {
    pub(super) settings: ClusterSettings,
    _embedded: Option<DemoCluster>,
}

/// Starts the embedded cluster, unless a kubeconfig names another.
pub(super) async fn start(
    kubeconfig: Option<&Path>,
    policy: &LoadedPolicy,
    clock: &Arc<dyn Clock>,
    ids: &dyn Ids,
) -> Result<DemoTarget, Failure> {
    let name: ClusterName = NAME.parse()?;
    let exec_plugins = ExecPlugins::Refused;
    if let Some(path) = kubeconfig {
        let source = ClusterSource::Kubeconfig { path: path.to_owned(), context: None };
        return Ok(DemoTarget {
            settings: ClusterSettings { name, source, exec_plugins },
            _embedded: None,
        });
    }
    let embedded = embedded(policy, &name, Arc::clone(clock), ids.secret()).await?;
    let source = ClusterSource::Address {
        url: format!("http://{}", embedded.address()),
        token: BearerToken::new(embedded.console_token()),
    };
    Ok(DemoTarget {
        settings: ClusterSettings { name, source, exec_plugins },
        _embedded: Some(embedded),
    })
}

/// The embedded cluster, with what `sekisho rbac` renders applied to it.
async fn embedded(
    policy: &LoadedPolicy,
    name: &ClusterName,
    clock: Arc<dyn Clock>,
    entropy: [u8; 32],
) -> Result<DemoCluster, Failure> {
    let now =
        move || jiff::Timestamp::from_microsecond(clock.now().as_micros()).unwrap_or_default();
    let options =
        Options { console_user: CONSOLE_USER.to_owned(), ..Options::demo(Arc::new(now), entropy) };
    let cluster = DemoCluster::start(options).await.map_err(DemoClusterError::from)?;
    for manifest in manifests(policy, name, &Namespaces::Named) {
        cluster.apply(serde_json::to_value(&manifest)?).map_err(DemoClusterError::from)?;
    }
    Ok(cluster)
}
