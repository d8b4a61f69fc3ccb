//! The HTTP door: JSON API, probes, guards and cookies over the use cases of `domain`.
//!
//! Decides nothing about people or tenants. Every route stands in [`endpoints`], which feeds the router, the
//! OpenAPI document and the sweep test alike.

mod address;
mod api;
mod caller;
mod cookies;
mod deeds;
mod endpoint;
mod guard;
mod headers;
mod health;
mod json;
mod metrics;
mod openapi;
mod problem;
mod rate;
mod routes;
mod state;
mod streams;

pub use address::AddressFrom;
pub use caller::SignedIn;
pub(crate) use caller::caller;
pub use cookies::{CEREMONY_COOKIE, CeremonyCookie, SESSION_COOKIE, SharedCookieStore};
pub use deeds::Deeds;
pub use endpoint::{Access, Endpoint, Verb};
pub use json::{BODY_LIMIT, Json};
pub use metrics::{MetricsError, metrics_router};
pub use problem::ProblemResponse;
pub use rate::{Client, Rate, RateLimiter};
pub use routes::{endpoints, router, with_caller};
pub use state::AppState;
pub use streams::Streams;
