//! Asking a cluster which versions it serves.
//!
//! Each group version is asked for by itself: aggregated discovery answers an old cluster with nothing and no error.

use kube::Client;

/// Whether a cluster serves a resource in a version.
pub(super) async fn serves(
    client: &Client,
    group_version: &str,
    plural: &str,
) -> kube::Result<bool> {
    match client.list_api_group_resources(group_version).await {
        Ok(list) => Ok(list.resources.iter().any(|served| served.name == plural)),
        Err(kube::Error::Api(status)) if status.code == 404 => Ok(false),
        Err(error) => Err(error),
    }
}
