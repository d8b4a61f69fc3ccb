//! The two cookies: one for the session, one for ceremonies under way.
//!
//! Both are `__Host-`, `Secure` and `HttpOnly`; neither carries anything but a random secret.

mod ceremony;
mod secure_removals;
mod session;

pub use ceremony::{CEREMONY_COOKIE, CeremonyCookie};
pub(super) use secure_removals::secure_removals;
pub use session::{SESSION_COOKIE, SharedCookieStore};
pub(super) use session::{close_session, open_session, session_layer};
