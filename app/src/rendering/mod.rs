//! The server's half of the pages: the document, its security policy, and who is asking.
//!
//! The composition root provides [`Console`](domain::Console), [`Assets`] and
//! [`Deployment`](crate::Deployment) as context and puts a [`CurrentActor`] into the extensions of
//! each request.

mod assets;
mod caller;
mod content_security;
mod document;
mod routes;

pub use assets::Assets;
pub use caller::CurrentActor;
pub(crate) use caller::{Caller, answer, reader, set_status};
pub use document::shell;
pub use routes::route_list;
