//! The cookie that ties ceremonies to the browser that began them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{
    Console, ProblemCode,
    identity::{CEREMONY_TTL, CeremonyId},
};
use tower_cookies::Cookies;
use tower_sessions::cookie::{Cookie, SameSite, time::Duration};

use crate::http::ProblemResponse;

/// Its name.
pub const CEREMONY_COOKIE: &str = "__Host-sekisho-ceremony";

/// The ceremony cookie of a request.
#[derive(Clone, Debug)]
pub struct CeremonyCookie(Cookies);

impl<S: Send + Sync> FromRequestParts<S> for CeremonyCookie {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        let cookies = Cookies::from_request_parts(parts, state).await;
        cookies.map(Self).map_err(|_| ProblemCode::Internal.into())
    }
}

impl CeremonyCookie {
    /// The browser's handle; begins one where there is none, and lets it last for another ceremony.
    #[must_use]
    pub fn begin(&self, console: &Console) -> CeremonyId {
        let id = self.read().unwrap_or_else(|| console.new_ceremony_id());
        let lasts = Duration::try_from(CEREMONY_TTL).unwrap_or(Duration::ZERO);
        let cookie = Cookie::build((CEREMONY_COOKIE, id.reveal()))
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Strict)
            .max_age(lasts);
        self.0.add(cookie.build());
        id
    }

    /// The browser's handle.
    ///
    /// # Errors
    /// [`ProblemCode::CeremonyExpired`] where there is none.
    pub fn held(&self) -> Result<CeremonyId, ProblemResponse> {
        self.read().ok_or_else(|| ProblemCode::CeremonyExpired.into())
    }

    fn read(&self) -> Option<CeremonyId> {
        CeremonyId::parse(self.0.get(CEREMONY_COOKIE)?.value())
    }
}
