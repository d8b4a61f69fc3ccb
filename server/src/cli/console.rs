//! A console as the configuration describes it, for the commands that need one.

use std::{fs, path::PathBuf, sync::Arc};

use app::Deployment;
use domain::{resources::Clusters, time::Clock};

use super::Failure;
use crate::{
    cluster::{ClusterSettings, ClusterSource, RegisteredClusters},
    config::{ConfiguredCluster, Database, Reach, Settings},
    http::AddressFrom,
    identity::{SystemClock, SystemIds},
    pages::Site,
    policy::FollowedPolicy,
    serve::{Assembled, Parts, assemble},
    store::{DatabaseUrl, Store},
};

/// A console put together, not serving yet.
pub(super) struct Configured {
    pub(super) assembled: Assembled,
    pub(super) clusters: Arc<dyn Clusters>,
    pub(super) policy: Arc<FollowedPolicy>,
}

/// Opens what the settings name and puts it together.
pub(super) async fn configured(settings: Settings) -> Result<Configured, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
    let policy = Arc::new(FollowedPolicy::open(&settings.policy, Arc::clone(&clock))?);
    let store = Store::open(&database(&settings)?).await?;
    let site = Site::open(&site(&settings)?)?;
    let reached = settings.clusters.into_iter();
    let reached = reached.map(|cluster| cluster_settings(cluster, settings.exec_plugins.into()));
    let reached = reached.collect::<Result<Vec<_>, _>>()?;
    let clusters: Arc<dyn Clusters> = Arc::new(RegisteredClusters::connect(reached, &clock).await?);
    let assembled = assemble(Parts {
        clock,
        ids,
        store,
        policy: policy.clone(),
        clusters: Arc::clone(&clusters),
        origin: settings.origin,
        session_limits: settings.session_limits,
        site,
        deployment: Deployment::Real,
        address_from: AddressFrom::Peer,
    })?;
    Ok(Configured { assembled, clusters, policy })
}

fn database(settings: &Settings) -> Result<DatabaseUrl, Failure> {
    match &settings.database {
        Database::Postgres(url) => Ok(url.reveal().parse()?),
        Database::Embedded => {
            fs::create_dir_all(&settings.data)?;
            Ok(DatabaseUrl::Sqlite(settings.data.canonicalize()?.join("sekisho.db")))
        }
    }
}

/// The folder that is named, or the one beside the program.
fn site(settings: &Settings) -> Result<PathBuf, Failure> {
    match &settings.site {
        Some(folder) => Ok(folder.clone()),
        None => Ok(std::env::current_exe()?.with_file_name("site")),
    }
}

fn cluster_settings(
    cluster: ConfiguredCluster,
    exec_plugins: crate::cluster::ExecPlugins,
) -> Result<ClusterSettings, Failure> {
    let source = match cluster.reach {
        Reach::Kubeconfig { path, context } => ClusterSource::Kubeconfig { path, context },
        Reach::InCluster => ClusterSource::InCluster,
        Reach::Address { url, token_file } => {
            let token = fs::read_to_string(token_file)?;
            ClusterSource::Address { url, token: crate::cluster::BearerToken::new(token.trim()) }
        }
    };
    Ok(ClusterSettings { name: cluster.name, source, exec_plugins })
}

impl From<crate::config::ExecPlugins> for crate::cluster::ExecPlugins {
    fn from(configured: crate::config::ExecPlugins) -> Self {
        match configured {
            crate::config::ExecPlugins::Refused => Self::Refused,
            crate::config::ExecPlugins::Trusted => Self::Allowed,
        }
    }
}
