//! The cookie of a session. What it stands for is kept in the database; how long is judged by the domain.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{Problem, ProblemCode, identity::Session as OpenSession};
use tower_sessions::{
    Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::Result,
};

use crate::http::caller::SESSION_KEY;

/// Its name.
pub const SESSION_COOKIE: &str = "__Host-sekisho";

/// Where records of session cookies are kept, whichever engine that is.
#[derive(Clone)]
pub struct SharedCookieStore(Arc<dyn SessionStore>);

impl SharedCookieStore {
    /// Keeps them there.
    pub fn new(store: impl SessionStore) -> Self {
        Self(Arc::new(store))
    }
}

impl fmt::Debug for SharedCookieStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedCookieStore")
    }
}

#[async_trait]
impl SessionStore for SharedCookieStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.0.create(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.0.save(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        self.0.load(id).await
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.delete(id).await
    }
}

/// Reads and writes session cookies.
///
/// `SameSite=Lax`, so that a link in a chat opens signed in; writes are held to our own origin separately.
/// The cookie ends with the browser; limits of the session itself are stricter and kept on the server.
pub(in crate::http) fn session_layer(
    store: SharedCookieStore,
) -> SessionManagerLayer<SharedCookieStore> {
    SessionManagerLayer::new(store)
        .with_name(SESSION_COOKIE)
        .with_same_site(SameSite::Lax)
        .with_secure(true)
        .with_http_only(true)
}

/// Gives the browser a new secret that stands for this session, whatever it held before.
pub(in crate::http) async fn open_session(
    cookie: &Session,
    session: &OpenSession,
) -> std::result::Result<(), Problem> {
    let opened = async {
        cookie.cycle_id().await?;
        cookie.insert(SESSION_KEY, session.id).await?;
        cookie.save().await
    };
    opened.await.map_err(unavailable)
}

/// Takes the secret back.
pub(in crate::http) async fn close_session(cookie: &Session) -> std::result::Result<(), Problem> {
    cookie.flush().await.map_err(unavailable)
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn unavailable(error: tower_sessions::session::Error) -> Problem {
    tracing::error!(%error, "a session cookie could not be kept");
    ProblemCode::DatabaseUnavailable.into()
}
