//! `sekisho demo`: a console with everything it stands on, for newcomers and for scripts.

mod cluster;
mod data;
mod links;
mod own_cluster;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use app::Deployment;
use clap::Args;
use domain::{identity::SessionLimits, resources::Clusters, time::Clock};

pub use cluster::DemoClusterError;

use data::Data;
use own_cluster::OwnPolicy;

use super::{Answer, Failure, Outputs};
use crate::{
    cluster::RegisteredClusters,
    http::AddressFrom,
    identity::{Origin, SteadyClock, SystemIds},
    jobs::Jobs,
    logging::{self, LogFilter, LogFormat},
    notifications::Unconfigured,
    pages::Site,
    policy::{FixedPolicy, Folder, load},
    serve::{Parts, Server, assemble},
    store::{DatabaseUrl, Store},
};

/// Start a console with an embedded demo cluster: a payments company, partly on fire
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Print one line of JSON once ready, for scripts
    #[arg(long)]
    json: bool,
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)))]
    listen: SocketAddr,
    /// Keep what the console keeps in this folder; without it, it is gone at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The folder of the built pages
    #[arg(long, value_name = "DIR", default_value = "target/site")]
    site: PathBuf,
    /// Use this cluster instead of the embedded one; `sekisho rbac` renders what it must allow
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
}

impl Demo {
    pub(super) async fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        logging::start(&LogFilter::troubles(), LogFormat::Text);
        let clock: Arc<dyn Clock> = Arc::new(SteadyClock::begin());
        let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let data = Data::open(self.data)?;
        let own = match &self.kubeconfig {
            Some(_) => Some(OwnPolicy::open(data.folder())?),
            None => None,
        };
        let policy = match &own {
            Some(own) => own.loaded.clone(),
            None => load(&Folder::demo())?,
        };
        // Lives as long as the console does.
        let cluster =
            cluster::start(self.kubeconfig.as_deref(), &policy, &clock, ids.as_ref()).await?;
        let settings = vec![cluster.settings.clone()];
        let clusters: Arc<dyn Clusters> =
            Arc::new(RegisteredClusters::connect(settings, &clock).await?);
        let server = Server::bind(self.listen).await?;
        let origin = format!("http://localhost:{}", server.address().port()).parse::<Origin>()?;
        let assembled = assemble(Parts {
            store: Store::open(&DatabaseUrl::Sqlite(data.folder().join("sekisho.db"))).await?,
            policy: Arc::new(FixedPolicy::new(&policy, clock.now())),
            clusters: Arc::clone(&clusters),
            courier: Arc::new(Unconfigured),
            origin: origin.clone(),
            session_limits: SessionLimits::default(),
            site: Site::open(&self.site)?,
            deployment: if own.is_some() { Deployment::Real } else { Deployment::Demo },
            address_from: AddressFrom::Peer,
            clock,
            ids,
        })?;
        assembled.console.enforce_policy().await?;
        let links = links::make(&assembled.console, &origin).await?;
        if let Some(own) = &own {
            own.write_what_is_needed(outputs.notes)?;
        }
        if self.json {
            links.write_json(outputs.out)?;
        } else {
            links.write_for_people(outputs.out)?;
        }
        let jobs = Jobs::start(&assembled.console, &clusters);
        server.run(assembled, jobs).await?;
        Ok(Answer::Yes)
    }
}
