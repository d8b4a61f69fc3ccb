//! What the API server answers to the account of a role.

use std::time::Duration;

use domain::time::{Clock, Timestamp};
use harness::control_plane;
use k8s_openapi::api::{
    authentication::v1::TokenRequest,
    core::v1::{ConfigMap, ServiceAccount},
};
use kube::{
    Api, Client, Config,
    api::{ListParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use sekisho::identity::SystemClock;
use serde_json::json;
use tokio::time::sleep;

use super::ground::NAMESPACE;
use crate::bench::Trouble;

const ACCOUNTS: &str = "sekisho-grants";
/// How often the holder asks.
const BETWEEN: Duration = Duration::from_millis(50);
/// How long after its end power may last before it is a failure.
const AT_MOST: Duration = Duration::from_mins(1);

/// The cluster, as its administrator.
#[derive(Clone)]
pub(super) struct Cluster {
    kubeconfig: Kubeconfig,
    admin: Client,
}

impl Cluster {
    pub(super) async fn of(cluster: &control_plane::Cluster) -> Result<Self, Trouble> {
        let kubeconfig = Kubeconfig::read_from(cluster.admin_kubeconfig())?;
        let admin = Client::try_from(config(kubeconfig.clone()).await?)?;
        Ok(Self { kubeconfig, admin })
    }

    /// Whoever holds the token of a role's account, once that has the role's power.
    pub(super) async fn holder(&self, grant: &str) -> Result<Holder, Trouble> {
        let accounts: Api<ServiceAccount> = Api::namespaced(self.admin.clone(), ACCOUNTS);
        let lasting: TokenRequest =
            serde_json::from_value(json!({"spec": {"audiences": [], "expirationSeconds": 3600}}))?;
        let made = accounts
            .create_token_request(&format!("grant-{grant}"), &PostParams::default(), &lasting)
            .await?;
        let token = made.status.ok_or("a token request is answered with a token")?.token;
        let mut kubeconfig = self.kubeconfig.clone();
        for named in &mut kubeconfig.auth_infos {
            named.auth_info = Some(serde_json::from_value(json!({ "token": token }))?);
        }
        let client = Client::try_from(config(kubeconfig).await?)?;
        let holder = Holder(Api::namespaced(client, NAMESPACE));
        let began = SystemClock.now();
        while holder.is_refused().await? {
            if SystemClock.now() > began.plus(AT_MOST) {
                return Err(format!("the account of {grant} never had its power").into());
            }
            sleep(BETWEEN).await;
        }
        Ok(holder)
    }
}

async fn config(kubeconfig: Kubeconfig) -> Result<Config, Trouble> {
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await?;
    config.default_retry = false;
    Ok(config)
}

/// Somebody with the token of a role's account.
pub(super) struct Holder(Api<ConfigMap>);

impl Holder {
    /// When the API server first refused, asked from shortly before that moment on; how long after it that is.
    pub(super) async fn refused_after(&self, end: Timestamp) -> Result<Duration, Trouble> {
        sleep(end.since(SystemClock.now()).saturating_sub(Duration::from_secs(1))).await;
        loop {
            let refused = self.is_refused().await?;
            let now = SystemClock.now();
            if refused && now < end {
                return Err("it ended before its time".into());
            }
            if refused {
                return Ok(now.since(end));
            }
            if now > end.plus(AT_MOST) {
                return Err("power that is over lasts for a minute already".into());
            }
            sleep(BETWEEN).await;
        }
    }

    async fn is_refused(&self) -> Result<bool, Trouble> {
        match self.0.list(&ListParams::default()).await {
            Ok(_) => Ok(false),
            Err(kube::Error::Api(status)) if [401, 403].contains(&status.code) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }
}
