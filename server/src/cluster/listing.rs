//! Listing all objects of a kind, page after page.

use std::fmt::Debug;

use domain::resources::ClusterError;
use kube::{Api, api::ListParams};
use serde::de::DeserializeOwned;

use super::failure::within_time;

/// How many objects one answer holds at most.
const PAGE: u32 = 500;

/// All objects, however many pages they fill.
pub(super) async fn all<K>(objects: &Api<K>, params: ListParams) -> Result<Vec<K>, ClusterError>
where
    K: Clone + DeserializeOwned + Debug,
{
    let mut params = params.limit(PAGE);
    let mut found = Vec::new();
    loop {
        let page = within_time(objects.list(&params)).await?;
        let next = page.metadata.continue_.clone().filter(|token| !token.is_empty());
        found.extend(page.items);
        match next {
            Some(token) => params.continue_token = Some(token),
            None => return Ok(found),
        }
    }
}
