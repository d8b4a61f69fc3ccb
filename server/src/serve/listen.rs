//! A console that runs: its jobs, and its doors on a socket, until it is told to end.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use domain::resources::Clusters;
use tokio::{net::TcpListener, signal, task::JoinHandle, time::timeout};

use super::Assembled;
use crate::jobs::Jobs;

/// How long calls under way may take to end once the console was told to.
const PATIENCE: Duration = Duration::from_secs(10);

/// A console could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Serving ended by itself.
    #[error("serving ended")]
    Ended(#[source] io::Error),
}

/// A console with its socket open; nobody is answered before [`Server::run`].
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Opens the socket; port 0 picks a free one.
    pub async fn bind(address: SocketAddr) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers from a task of its own, apart from the console: metrics.
    pub fn serve_apart(self, router: Router) -> JoinHandle<io::Result<()>> {
        tokio::spawn(axum::serve(self.listener, router).into_future())
    }

    /// Starts the jobs and answers until SIGINT or SIGTERM. The policy is in force by then
    /// ([`domain::Console::enforce_policy`]).
    pub async fn run(
        self,
        assembled: Assembled,
        clusters: &Arc<dyn Clusters>,
    ) -> Result<(), ServeError> {
        let Assembled { console, router } = assembled;
        let _jobs = Jobs::start(console, clusters);
        serve(self.listener, router).await.map_err(ServeError::Ended)
    }
}

async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let (told, ending) = tokio::sync::oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut serving = tokio::spawn(
        axum::serve(listener, service)
            .with_graceful_shutdown(async {
                let _ = ending.await;
            })
            .into_future(),
    );
    tokio::select! {
        ended = &mut serving => return ended.map_err(io::Error::other)?,
        () = interrupted() => {}
    }
    let _ = told.send(());
    // Event streams end only when their readers do: they are not waited for.
    if let Ok(ended) = timeout(PATIENCE, &mut serving).await {
        return ended.map_err(io::Error::other)?;
    }
    serving.abort();
    Ok(())
}

/// Waits until somebody wants the process to end.
async fn interrupted() {
    let terminate = signal::unix::signal(signal::unix::SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(signal::ctrl_c().await),
    }
}
