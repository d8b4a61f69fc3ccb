//! What stands around every page: banner, navigation, content, and the state of the connection.

mod banner;
mod brand;
mod connection;
mod live_sessions;
mod navigation;
mod policy;
mod signed_in;
mod stuck;
mod threshold;

#[cfg(feature = "ssr")]
pub(crate) use navigation::pages;
pub(crate) use signed_in::Frame;
pub(crate) use threshold::Threshold;
