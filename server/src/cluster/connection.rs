//! Connecting to a cluster as the console's own account.
//!
//! Never follows redirects, never repeats a call by itself, and never speaks as anybody else:
//! impersonation is added call by call (see [`person`](super::person)).

use std::{path::Path, time::Duration};

use http::{HeaderValue, Uri, header::USER_AGENT};
use kube::{
    Client, Config,
    config::{AuthInfo, KubeConfigOptions, Kubeconfig},
};

use super::{
    door::Door,
    settings::{BearerToken, ClusterSource, ExecPlugins},
};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long any one read or write call may take.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// A browser-like agent would make the API server indent its answers.
const AGENT: &str = concat!("sekisho/", env!("CARGO_PKG_VERSION"));

/// Why the settings of a cluster lead to no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The kubeconfig cannot be read or lacks something.
    #[error("the kubeconfig {path} cannot be used")]
    Kubeconfig {
        /// The file.
        path: String,
        /// What is wrong with it.
        #[source]
        source: Box<kube::config::KubeconfigError>,
    },
    /// The kubeconfig names a program to run, and no flag allows that.
    #[error(
        "the kubeconfig wants to run a program for its credentials; allow that with --exec-plugins allowed"
    )]
    ExecRefused,
    /// The kubeconfig speaks as somebody else.
    #[error("the kubeconfig impersonates ('as'); the console needs an account of its own")]
    Impersonates,
    /// This is no pod, or its service account is not mounted.
    #[error("there is no service account here; is this a pod?")]
    NotInCluster(#[source] Box<kube::config::InClusterError>),
    /// The address is none.
    #[error("{url:?} is no address of an API server")]
    Address {
        /// As configured.
        url: String,
    },
    /// Certificates, keys or tokens are not usable.
    #[error("the connection cannot be set up")]
    Client(#[source] Box<kube::Error>),
}

/// A client that speaks as the console's own account.
pub(super) async fn connect(
    source: ClusterSource,
    exec_plugins: ExecPlugins,
) -> Result<(Client, Door), ConnectError> {
    let mut config = match source {
        ClusterSource::Kubeconfig { path, context } => from_kubeconfig(&path, context).await?,
        ClusterSource::InCluster => {
            Config::incluster().map_err(|error| ConnectError::NotInCluster(error.into()))?
        }
        ClusterSource::Address { url, token } => at_address(url, token)?,
    };
    check_account(&config.auth_info, exec_plugins)?;
    config.connect_timeout = Some(CONNECT_TIMEOUT);
    // The default repeats a write on 429, which is what a disruption budget answers with.
    config.default_retry = false;
    config.headers.push((USER_AGENT, HeaderValue::from_static(AGENT)));
    let door = Door::of(&config);
    let client = Client::try_from(config).map_err(|error| ConnectError::Client(error.into()))?;
    Ok((client, door))
}

async fn from_kubeconfig(path: &Path, context: Option<String>) -> Result<Config, ConnectError> {
    let wrong = |source| ConnectError::Kubeconfig {
        path: path.display().to_string(),
        source: Box::new(source),
    };
    let options = KubeConfigOptions { context, ..KubeConfigOptions::default() };
    let kubeconfig = Kubeconfig::read_from(path).map_err(wrong)?;
    let proxied = kubeconfig
        .clusters
        .iter()
        .any(|named| named.cluster.as_ref().is_some_and(|c| c.proxy_url.is_some()));
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await.map_err(wrong)?;
    if !proxied {
        // What the environment says of proxies is meant for the web, not for this address.
        config.proxy_url = None;
    }
    if config.accept_invalid_certs {
        tracing::warn!(path = %path.display(), "the kubeconfig turns certificate checks off");
    }
    Ok(config)
}

fn at_address(url: String, token: BearerToken) -> Result<Config, ConnectError> {
    let uri = url.parse::<Uri>().ok().filter(|uri| uri.host().is_some());
    let Some(uri) = uri else {
        return Err(ConnectError::Address { url });
    };
    let mut config = Config::new(uri);
    config.auth_info.token = Some(token.reveal().into());
    Ok(config)
}

fn check_account(account: &AuthInfo, exec_plugins: ExecPlugins) -> Result<(), ConnectError> {
    let runs_program = account.exec.is_some() || account.auth_provider.is_some();
    if runs_program && exec_plugins == ExecPlugins::Refused {
        return Err(ConnectError::ExecRefused);
    }
    let impersonates = account.impersonate.is_some()
        || account.impersonate_uid.is_some()
        || account.impersonate_groups.is_some()
        || account.impersonate_user_extra.is_some();
    if impersonates {
        return Err(ConnectError::Impersonates);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn kubeconfig(user: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kubeconfig");
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: x\n\
             clusters: [{{name: c, cluster: {{server: 'http://127.0.0.1:1'}}}}]\n\
             contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n\
             users: [{{name: u, user: {user}}}]\n"
        );
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    async fn connecting(
        user: &str,
        exec_plugins: ExecPlugins,
    ) -> Result<(Client, Door), ConnectError> {
        let (_folder, path) = kubeconfig(user);
        let source = ClusterSource::Kubeconfig { path, context: None };
        connect(source, exec_plugins).await
    }

    #[tokio::test]
    async fn a_kubeconfig_with_a_token_connects() {
        assert!(connecting("{token: t}", ExecPlugins::Refused).await.is_ok());
    }

    #[tokio::test]
    async fn a_program_is_refused_before_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("ran");
        let user = format!(
            "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['{}'], interactiveMode: Never}}}}",
            trace.display()
        );
        let refused = connecting(&user, ExecPlugins::Refused).await;
        assert!(matches!(refused, Err(ConnectError::ExecRefused)));
        assert!(!trace.exists());
        let tried = connecting(&user, ExecPlugins::Allowed).await;
        assert!(tried.is_err() && trace.exists());
    }

    #[tokio::test]
    async fn an_account_that_impersonates_is_refused() {
        let refused = connecting("{token: t, as: admin}", ExecPlugins::Refused).await;
        assert!(matches!(refused, Err(ConnectError::Impersonates)));
    }

    #[tokio::test]
    async fn a_missing_file_and_a_missing_context_are_told() {
        let missing =
            ClusterSource::Kubeconfig { path: "/nonexistent/kubeconfig".into(), context: None };
        let error = connect(missing, ExecPlugins::Refused).await.err().unwrap();
        assert!(error.to_string().contains("/nonexistent/kubeconfig"));
        let (_folder, path) = kubeconfig("{token: t}");
        let other = ClusterSource::Kubeconfig { path, context: Some("elsewhere".into()) };
        assert!(connect(other, ExecPlugins::Refused).await.is_err());
    }

    #[tokio::test]
    async fn nonsense_is_no_address() {
        let source =
            ClusterSource::Address { url: "not an address".into(), token: BearerToken::new("t") };
        let refused = connect(source, ExecPlugins::Refused).await;
        assert!(matches!(refused, Err(ConnectError::Address { .. })));
    }

    #[test]
    fn a_token_is_not_shown() {
        assert!(!format!("{:?}", BearerToken::new("secret")).contains("secret"));
    }
}
