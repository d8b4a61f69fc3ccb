//! A console with its HTTP door, on a fresh SQLite file.

use std::{fs, sync::Arc, time::Duration};

use axum::Router;
use domain::{
    Console, Ports,
    identity::SessionLimits,
    notifications::{Courier, Destination},
    testkit::{ManualClock, Silence},
};
use person::{Authenticator, Browser};
use sekisho::{
    http::{AddressFrom, AppState, Deeds, Rate, RateLimiter, SharedCookieStore, Streams, router},
    identity::{SystemIds, WebauthnRelyingParty},
    store::{Cookies, DatabaseUrl, Limits, Store},
};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use crate::{
    cluster::Demo,
    policy::{Listed, login},
};

pub(crate) const ORIGIN: &str = "https://console.example.org";

const UNBOUNDED: Rate = Rate { burst: 100_000, every: Duration::from_secs(1) };

pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) policy: Arc<Listed>,
    pub(crate) cluster: Demo,
    pub(crate) console: Console,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) store: Store,
    pub(crate) courier: Arc<dyn Courier>,
    folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at_rate(UNBOUNDED).await
    }

    /// One in which a crowd waits for the database, however long, instead of being turned away.
    pub(crate) async fn patient() -> Self {
        let clock = Arc::new(ManualClock::default());
        let policy = Arc::new(Listed::everyone());
        let ports = (clock, policy, Arc::new(Silence) as _);
        let limits = Limits { wait: Duration::from_mins(5), ..Limits::default() };
        Self::within(limits, TempDir::new().unwrap(), ports, Demo::new(), UNBOUNDED).await
    }

    pub(crate) async fn over(cluster: Demo) -> Self {
        let clock = Arc::new(ManualClock::default());
        let policy = Arc::new(Listed::everyone());
        let ports = (clock, policy, Arc::new(Silence) as _);
        Self::on(TempDir::new().unwrap(), ports, cluster, UNBOUNDED).await
    }

    pub(crate) async fn at_rate(rate: Rate) -> Self {
        let clock = Arc::new(ManualClock::default());
        let policy = Arc::new(Listed::everyone());
        let ports = (clock, policy, Arc::new(Silence) as _);
        Self::on(TempDir::new().unwrap(), ports, Demo::new(), rate).await
    }

    /// A world in which these are told, by such a courier.
    pub(crate) async fn telling(
        told: Vec<Destination>,
        courier: impl FnOnce(Arc<ManualClock>) -> Arc<dyn Courier>,
    ) -> Self {
        let clock = Arc::new(ManualClock::default());
        let courier = courier(clock.clone());
        let ports = (clock, Arc::new(Listed::telling(told)), courier);
        Self::on(TempDir::new().unwrap(), ports, Demo::new(), UNBOUNDED).await
    }

    /// The same world after its console ended and began again.
    pub(crate) async fn begun_again(self) -> Self {
        self.store.close().await;
        let Self { folder, clock, policy, cluster, courier, .. } = self;
        Self::on(folder, (clock, policy, courier), cluster, UNBOUNDED).await
    }

    async fn on(
        folder: TempDir,
        ports: (Arc<ManualClock>, Arc<Listed>, Arc<dyn Courier>),
        cluster: Demo,
        rate: Rate,
    ) -> Self {
        Self::within(Limits::default(), folder, ports, cluster, rate).await
    }

    async fn within(
        limits: Limits,
        folder: TempDir,
        (clock, policy, courier): (Arc<ManualClock>, Arc<Listed>, Arc<dyn Courier>),
        cluster: Demo,
        rate: Rate,
    ) -> Self {
        let database = DatabaseUrl::Sqlite(folder.path().join("sekisho.db"));
        let store = Store::open_with(&database, limits).await.unwrap();
        let kept = Arc::new(store.clone());
        let origin = Arc::new(ORIGIN.parse().unwrap());
        let console = Console::new(Ports {
            clock: clock.clone(),
            ids: Arc::new(SystemIds::new(clock.clone())),
            policy: policy.clone(),
            policy_store: kept.clone(),
            clusters: Arc::new(cluster.clone()),
            identity: kept.clone(),
            requests: kept.clone(),
            grants: kept.clone(),
            reviews: kept.clone(),
            recoveries: kept.clone(),
            entries: kept.clone(),
            outbox: kept,
            courier: courier.clone(),
            relying_party: Arc::new(WebauthnRelyingParty::new(&origin).unwrap()),
            session_limits: SessionLimits::default(),
        });
        console.enforce_policy().await.unwrap();
        let state = AppState {
            console: console.clone(),
            origin,
            cookies: SharedCookieStore::new(Cookies::new(store.clone(), clock.clone())),
            limiter: Arc::new(RateLimiter::new(rate)),
            address_from: AddressFrom::Peer,
            deeds: Deeds::default(),
            streams: Streams::default(),
        };
        let router = router(&state);
        Self { clock, policy, cluster, console, state, router, store, courier, folder }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::over(self.router.clone(), ORIGIN)
    }

    /// Whether a text stands anywhere in what the console keeps.
    pub(crate) fn is_kept(&self, text: &str) -> bool {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let mut kept = files.map(|file| fs::read(file.unwrap().path()).unwrap());
        kept.any(|bytes| bytes.windows(text.len()).any(|found| found == text.as_bytes()))
    }

    /// Somebody changes what is kept of a grant, past the console.
    pub(crate) async fn spoil_grant(&self, id: &str) {
        let longer = "UPDATE grants SET record = replace(record, '\"ttl_seconds\":', '\"ttl_seconds\":9') WHERE id = ?";
        self.write_past_the_console(longer, id).await;
    }

    /// Somebody changes one row, by its identifier, past the console.
    pub(crate) async fn write_past_the_console(&self, update: &'static str, id: &str) {
        let mut database = self.database().await;
        let written = sqlx::query(update).bind(id).execute(&mut database).await.unwrap();
        assert_eq!(written.rows_affected(), 1);
    }

    async fn database(&self) -> SqliteConnection {
        let file = self.folder.path().join("sekisho.db");
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap()
    }

    /// How many touches of this person are asked for and may be handed in.
    pub(crate) async fn kept_nonces_of(&self, name: &str) -> i64 {
        let mut database = self.database().await;
        let many = sqlx::query_scalar("SELECT COUNT(*) FROM nonces WHERE login = ?");
        many.bind(name).fetch_one(&mut database).await.unwrap()
    }

    /// The secret of a fresh link for this person.
    pub(crate) async fn link(&self, name: &str) -> String {
        self.console.invite_from_machine(&login(name)).await.unwrap().secret.reveal()
    }

    /// A signed-in browser of this person, and what they sign in with.
    pub(crate) async fn person(&self, name: &str) -> (Browser, Authenticator) {
        let mut browser = self.browser();
        let authenticator = browser.enrol(&self.link(name).await).await;
        (browser, authenticator)
    }
}
