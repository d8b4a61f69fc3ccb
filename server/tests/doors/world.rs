//! A console with its HTTP door, on a fresh SQLite file.

use std::{sync::Arc, time::Duration};

use axum::Router;
use domain::{Console, Ports, identity::SessionLimits, testkit::ManualClock};
use person::{Authenticator, Browser};
use sekisho::{
    http::{AddressFrom, AppState, Rate, RateLimiter, SharedCookieStore, router},
    identity::{SystemIds, WebauthnRelyingParty},
    store::{Cookies, DatabaseUrl, Store},
};
use tempfile::TempDir;

use crate::{
    cluster::Demo,
    policy::{Listed, login},
};

pub(crate) const ORIGIN: &str = "https://console.example.org";

pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) policy: Arc<Listed>,
    pub(crate) cluster: Demo,
    pub(crate) console: Console,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) store: Store,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at_rate(Rate { burst: 100_000, every: Duration::from_secs(1) }).await
    }

    pub(crate) async fn at_rate(rate: Rate) -> Self {
        let folder = TempDir::new().unwrap();
        let database = DatabaseUrl::Sqlite(folder.path().join("sekisho.db"));
        let store = Store::open(&database).await.unwrap();
        let clock = Arc::new(ManualClock::default());
        let policy = Arc::new(Listed::everyone());
        let cluster = Demo::new();
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
            entries: kept,
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
        };
        Self {
            clock,
            policy,
            cluster,
            console,
            router: router(&state),
            state,
            store,
            _folder: folder,
        }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::over(self.router.clone(), ORIGIN)
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
