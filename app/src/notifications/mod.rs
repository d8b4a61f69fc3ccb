//! Notifications that are stuck: what does not arrive, why, and having it tried again.

mod page;
mod read;
#[cfg(feature = "ssr")]
pub(crate) mod tell;

pub(crate) use page::{NotificationsPage, PATH};
