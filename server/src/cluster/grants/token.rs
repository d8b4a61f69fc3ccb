//! Making a token of a grant's account.

use domain::{
    grants::{ClusterToken, CommittedToken, GRANTS_NAMESPACE},
    resources::ClusterError,
    time::Timestamp,
};
use k8s_openapi::api::{
    authentication::v1::{TokenRequest, TokenRequestSpec},
    core::v1::ServiceAccount,
};
use kube::{Api, ResourceExt, api::PostParams};

use crate::cluster::{failure::within_time, kubernetes::KubernetesCluster};

pub(super) async fn token(
    cluster: &KubernetesCluster,
    word: CommittedToken,
) -> Result<ClusterToken, ClusterError> {
    let accounts: Api<ServiceAccount> = Api::namespaced(cluster.client.clone(), GRANTS_NAMESPACE);
    let account = within_time(accounts.get(word.account())).await?;
    if account.uid().as_deref() != Some(word.account_uid()) {
        return Err(ClusterError::NotFound);
    }
    let request = TokenRequest {
        spec: Some(TokenRequestSpec {
            expiration_seconds: i64::try_from(word.lasts().as_secs()).ok(),
            ..Default::default()
        }),
        ..TokenRequest::default()
    };
    let params = PostParams::default();
    let making = accounts.create_token_request(word.account(), &params, &request);
    let status = within_time(making).await?.status.unwrap_or_default();
    let odd = |what: &str| ClusterError::Unexpected { message: format!("a token without {what}") };
    let expires_at = status.expiration_timestamp.ok_or_else(|| odd("an end"))?;
    Ok(ClusterToken {
        secret: status.token.ok_or_else(|| odd("itself"))?,
        expires_at: Timestamp::from_micros(expires_at.0.as_microsecond()),
        server: cluster.door.server.clone(),
        authority: cluster.door.authority.clone(),
    })
}
