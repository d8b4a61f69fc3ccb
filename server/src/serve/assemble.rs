//! From parts to a console and its doors.

use std::sync::Arc;

use app::Deployment;
use axum::Router;
use domain::{
    Console, Ports, identity::SessionLimits, ids::Ids, notifications::Courier,
    policy::PolicySource, resources::Clusters, time::Clock,
};

use crate::{
    http::{AddressFrom, AppState, Deeds, Rate, RateLimiter, SharedCookieStore, Streams, router},
    identity::{NotSupported, Origin, WebauthnRelyingParty},
    pages::{Site, pages},
    store::{Cookies, Store},
};

/// What a console is put together from.
pub struct Parts {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Identifiers and randomness.
    pub ids: Arc<dyn Ids>,
    /// What it keeps.
    pub store: Store,
    /// Who may do what.
    pub policy: Arc<dyn PolicySource>,
    /// The clusters.
    pub clusters: Arc<dyn Clusters>,
    /// Who carries notifications.
    pub courier: Arc<dyn Courier>,
    /// Its public address.
    pub origin: Origin,
    /// How long sessions last.
    pub session_limits: SessionLimits,
    /// The browser's half.
    pub site: Site,
    /// Whether this is a demo.
    pub deployment: Deployment,
    /// How clients are told apart.
    pub address_from: AddressFrom,
}

/// A console and its doors.
#[derive(Clone)]
pub struct Assembled {
    /// The use cases.
    pub console: Console,
    /// Pages and API.
    pub router: Router,
    /// What calls began and is under way.
    pub deeds: Deeds,
    /// The event streams that are open.
    pub streams: Streams,
}

/// Puts the parts together; starts nothing.
pub fn assemble(parts: Parts) -> Result<Assembled, NotSupported> {
    assemble_with(parts, |ports| ports)
}

/// The same, with the ports as the caller hands them back: a test may stand before some of them.
pub fn assemble_with(
    parts: Parts,
    alter: impl FnOnce(Ports) -> Ports,
) -> Result<Assembled, NotSupported> {
    let store = Arc::new(parts.store.clone());
    let console = Console::new(alter(Ports {
        clock: Arc::clone(&parts.clock),
        ids: parts.ids,
        policy: parts.policy,
        policy_store: store.clone(),
        clusters: parts.clusters,
        identity: store.clone(),
        requests: store.clone(),
        grants: store.clone(),
        reviews: store.clone(),
        recoveries: store.clone(),
        entries: store.clone(),
        outbox: store,
        courier: parts.courier,
        relying_party: Arc::new(WebauthnRelyingParty::new(&parts.origin)?),
        session_limits: parts.session_limits,
    }));
    let state = AppState {
        console: console.clone(),
        origin: Arc::new(parts.origin),
        cookies: SharedCookieStore::new(Cookies::new(parts.store, parts.clock)),
        limiter: Arc::new(RateLimiter::new(Rate::default())),
        address_from: parts.address_from,
        deeds: Deeds::default(),
        streams: Streams::default(),
    };
    let pages = pages(&state, &parts.site, parts.deployment);
    // What is no route of the API's is the pages' to answer, who say to people that it is nothing.
    let router = router(&state).fallback_service(pages);
    Ok(Assembled { console, router, deeds: state.deeds, streams: state.streams })
}
