//! A console as the configuration describes it, for the commands that need one.

use std::{fs, path::PathBuf, sync::Arc};

use app::Deployment;
use domain::{
    Ports,
    notifications::Courier,
    policy::{Policy, PolicySource},
    resources::Clusters,
    time::Clock,
};

use super::Failure;
use crate::{
    cluster::RegisteredClusters,
    config::{Database, Settings},
    identity::{SteadyClock, SystemIds},
    notifications::{HttpCourier, MissingSecrets, PATIENCE, Secrets, Unconfigured},
    outgoing::{Client, NoTls, SystemResolver},
    pages::Site,
    policy::{FollowedCalendars, FollowedPolicy},
    serve::{Assembled, Parts, assemble_with},
    store::{DatabaseUrl, Store},
};

/// A console put together, not serving yet.
pub(super) struct Configured {
    pub(super) assembled: Assembled,
    pub(super) clusters: Arc<dyn Clusters>,
    pub(super) policy: Arc<FollowedPolicy>,
    pub(super) calendars: FollowedCalendars,
}

/// Opens what the settings name and puts it together, over the ports as `alter` hands them back.
pub(super) async fn configured(
    settings: Settings,
    alter: impl FnOnce(Ports) -> Ports,
) -> Result<Configured, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SteadyClock::begin());
    let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
    let policy = Arc::new(FollowedPolicy::open(&settings.policy, Arc::clone(&clock))?);
    let courier = courier(&settings, &clock, &policy.current().policy)?;
    // Without certificates that can be read, no calendar is fetched, and the log says so of each.
    let client = outgoing(&settings).ok();
    let calendars = FollowedCalendars::of(Arc::clone(&policy), Arc::clone(&clock), client);
    let store = Store::open(&database(&settings)?).await?;
    let site = Site::open(&site(&settings)?)?;
    let clusters = RegisteredClusters::connect(settings.clusters, &clock).await?;
    let clusters: Arc<dyn Clusters> = Arc::new(clusters);
    let parts = Parts {
        clock,
        ids,
        store,
        policy: policy.clone(),
        clusters: Arc::clone(&clusters),
        courier,
        origin: settings.origin,
        session_limits: settings.session_limits,
        site,
        deployment: Deployment::Real,
        address_from: settings.address_from,
    };
    let assembled = assemble_with(parts, alter)?;
    Ok(Configured { assembled, clusters, policy, calendars })
}

/// Who carries notifications, if the secrets lead to every destination that the policy names.
fn courier(
    settings: &Settings,
    clock: &Arc<dyn Clock>,
    policy: &Policy,
) -> Result<Arc<dyn Courier>, Failure> {
    let secrets = settings.notification_secrets.clone();
    MissingSecrets::none(secrets.as_ref().unwrap_or(&Secrets::default()), policy)?;
    let Some(secrets) = secrets else { return Ok(Arc::new(Unconfigured)) };
    let client = outgoing(settings)?;
    let origin = settings.origin.clone();
    Ok(Arc::new(HttpCourier::new(Arc::clone(clock), origin, secrets, client)))
}

/// What makes the console's calls to the outside.
fn outgoing(settings: &Settings) -> Result<Client, NoTls> {
    Client::new(Arc::new(SystemResolver), settings.private_networks.clone(), PATIENCE)
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
