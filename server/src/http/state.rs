//! What the handlers stand on.

use std::{fmt, sync::Arc};

use domain::Console;

use super::{AddressFrom, Deeds, RateLimiter, SharedCookieStore, Streams};
use crate::identity::Origin;

/// What the handlers stand on.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub console: Console,
    /// The public address.
    pub origin: Arc<Origin>,
    /// Keeps what session cookies stand for.
    pub cookies: SharedCookieStore,
    /// Bounds ceremonies and links, per network and per person.
    pub limiter: Arc<RateLimiter>,
    /// How clients are told apart.
    pub address_from: AddressFrom,
    /// What calls began and is under way.
    pub deeds: Deeds,
    /// The event streams that are open.
    pub streams: Streams,
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("origin", &self.origin).finish_non_exhaustive()
    }
}
