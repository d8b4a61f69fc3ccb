//! The running cluster, as those who start it see it.
//!
//! Never lets anyone past its own API, except to apply objects and to inject faults.

use std::{io, net::SocketAddr, sync::Arc};

use axum::Router;
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

use crate::{
    access::User,
    api,
    audit::AuditLog,
    cluster::{Cluster, Interruption},
    controllers,
    faults::FaultRule,
    kinds,
    object::Object,
    options::Options,
    seed,
    store::{Effect, Key, Part},
};

/// Why a cluster did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It would have been reachable from outside.
    #[error("the demo cluster listens on loopback only, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// Why an object was not applied: the API's own message.
#[derive(Debug, thiserror::Error)]
#[error("cannot apply {what}: {message}")]
pub struct ApplyError {
    what: String,
    message: String,
}

/// A cluster that runs until it is dropped.
pub struct DemoCluster {
    cluster: Arc<Cluster>,
    address: SocketAddr,
    admin_token: String,
    console_token: String,
    controllers: JoinSet<()>,
    server: Option<JoinHandle<()>>,
}

impl DemoCluster {
    /// Seeds a cluster and serves it from tasks of the current runtime.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        if !options.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(options.listen));
        }
        let failed = |source| StartError::Listen { address: options.listen, source };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let cluster = Arc::new(Cluster::new(&options));
        seed::plant(&cluster, options.seed);
        let mut controllers = JoinSet::new();
        controllers.spawn(controllers::run(Arc::clone(&cluster)));
        controllers.spawn(controllers::kubelet::run(Arc::clone(&cluster), options.pace));
        let server = tokio::spawn(serve(Arc::clone(&cluster), listener));
        let (admin_token, console_token) = Default::default();
        let mut started = Self {
            cluster,
            address,
            admin_token,
            console_token,
            controllers,
            server: Some(server),
        };
        started.admin_token = started.token_for("admin", &["system:masters"]);
        started.console_token = started.token_for(&options.console_user, &[]);
        Ok(started)
    }

    /// Where the API listens, over plain HTTP.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The bearer token of the console's own account.
    #[must_use]
    pub fn console_token(&self) -> &str {
        &self.console_token
    }

    /// The bearer token of a member of `system:masters`.
    #[must_use]
    pub fn admin_token(&self) -> &str {
        &self.admin_token
    }

    /// A bearer token for anybody, such as a person with kubectl.
    #[must_use]
    pub fn token_for(&self, user: &str, groups: &[&str]) -> String {
        let token = self.cluster.store.ids().token(&format!("{user} {groups:?}"));
        self.cluster.tokens.add(&token, User::authenticated(user, groups));
        token
    }

    /// A kubeconfig that carries a bearer token.
    #[must_use]
    pub fn kubeconfig(&self, token: &str) -> String {
        json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{ "name": "demo", "cluster": { "server": format!("http://{}", self.address) } }],
            "users": [{ "name": "demo", "user": { "token": token } }],
            "contexts": [{ "name": "demo", "context": { "cluster": "demo", "user": "demo" } }],
            "current-context": "demo",
        })
        .to_string()
    }

    /// Creates an object, or replaces all of it but its status.
    pub fn apply(&self, object: Value) -> Result<(), ApplyError> {
        let object = Object::new(object);
        let what = format!("{} {}/{}", object.text("/kind"), object.namespace(), object.name());
        let failed = |message: String| ApplyError { what, message };
        let Some(kind) = kinds::of(object.text("/apiVersion"), object.text("/kind")) else {
            return Err(failed("this cluster does not serve that kind".to_owned()));
        };
        let key = Key::of(kind, &object);
        let mut transaction = self.cluster.store.begin(self.cluster.now());
        let applied = if transaction.objects().contains_key(&key) {
            transaction.replace(&key, object, Part::Main, Effect::Commit)
        } else {
            transaction.create(kind, object, Effect::Commit)
        };
        applied.map(drop).map_err(|refusal| failed(refusal.message))
    }

    /// Who asked this cluster for what.
    #[must_use]
    pub fn audit(&self) -> &AuditLog {
        &self.cluster.audit
    }

    /// Forgets the history: a watch or a page from before now is answered with `410 Expired`.
    pub fn compact(&self) {
        self.cluster.store.compact();
    }

    /// Ends every open watch with `410 Expired`.
    pub fn expire_watches(&self) {
        self.cluster.expire_watches();
    }

    /// Stops, and returns when the address is free again.
    pub async fn stop(mut self) {
        self.cluster.end();
        if let Some(server) = self.server.take() {
            let _aborted = server.await;
        }
    }

    /// Makes the next request that a rule matches go wrong.
    pub fn fail_next(&self, rule: FaultRule) {
        self.cluster.faults.add(rule);
    }
}

impl Drop for DemoCluster {
    fn drop(&mut self) {
        self.cluster.end();
        self.controllers.abort_all();
    }
}

async fn serve(cluster: Arc<Cluster>, listener: TcpListener) {
    // One handler parses every Kubernetes path, so there is no route table to keep.
    let app = Router::new().fallback(api::serve).with_state(Arc::clone(&cluster));
    let mut interruptions = cluster.interruptions();
    let end = async move {
        let _gone = interruptions.wait_for(|interruption| *interruption == Interruption::End).await;
    };
    if let Err(error) = axum::serve(listener, app).with_graceful_shutdown(end).await {
        tracing::error!(%error, "the demo cluster stopped listening");
    }
}
