//! Recovery: the page of one, its lists, asking for one, and what whoever is to be recovered sees on every page.

mod ask;
mod link;
mod own;
mod page;
mod read;
mod state;
mod table;
mod verdict;

use domain::ids::RecoveryId;

pub(crate) use ask::{Asking, ask};
pub(crate) use own::OwnRecovery;
pub(crate) use page::RecoveryPage;
pub(crate) use table::RecoveryTable;

/// The page of a recovery.
pub(crate) fn recovery_href(id: RecoveryId) -> String {
    format!("/recoveries/{id}")
}

/// Its address in the API.
fn api(id: RecoveryId) -> String {
    format!("/api/v1/recoveries/{id}")
}
