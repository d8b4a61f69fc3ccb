//! Sekisho's pages: what a person sees, and what they may ask for from there.
//!
//! Each page lives with its server functions and components in one folder, named by the word of the
//! domain that it is about. Pages decide nothing: they read through the use cases of
//! [`domain::Console`] and write through the JSON API, which is the twin door to the same use cases.

#![recursion_limit = "512"]
#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod actions;
mod audit;
mod break_glass;
mod browser;
mod components;
mod failure;
mod frame;
mod grants;
mod home;
mod identity;
mod live;
mod messages;
mod notifications;
mod palette;
mod reading;
mod recovery;
#[cfg(feature = "ssr")]
mod rendering;
mod resources;
mod reviews;
mod routes;
mod signing;
mod surroundings;
mod tenants;
mod tokens;
mod who_can;
mod wire;

pub use failure::{Failure, PasskeyTrouble};
pub use messages::Language;
#[cfg(feature = "ssr")]
pub use rendering::{Assets, CurrentActor, route_list, shell};
pub use routes::App;
pub use surroundings::{Deployment, Theme};
