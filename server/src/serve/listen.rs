//! A console that runs: its jobs, and its doors on a socket, until it is told to end.

use std::{io, net::SocketAddr, time::Duration};

use axum::Router;
use tokio::{
    net::TcpListener,
    signal,
    sync::oneshot,
    task::{JoinError, JoinHandle},
    time::timeout,
};

use super::Assembled;
use crate::jobs::{BrokenJob, Jobs};

/// How long calls under way may take to end once the console was told to …
const CALLS_TAKE: Duration = Duration::from_secs(10);
/// … and after them the deeds that calls began: together less than the 30 seconds after which Kubernetes kills.
const DEEDS_TAKE: Duration = Duration::from_secs(15);

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
    /// A job broke down: serving on without it would be half a console.
    #[error(transparent)]
    Job(#[from] BrokenJob),
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

    /// Answers until SIGINT or SIGTERM, or until a job breaks down. The policy is in force by then
    /// ([`domain::Console::enforce_policy`]).
    pub async fn run(self, assembled: Assembled, jobs: Jobs) -> Result<(), ServeError> {
        self.run_until(interrupted(), assembled, jobs).await
    }

    /// The same until it is told otherwise. What is under way by then comes to its end first; event streams,
    /// which have none, are cut off.
    pub async fn run_until(
        self,
        told: impl Future<Output = ()>,
        assembled: Assembled,
        mut jobs: Jobs,
    ) -> Result<(), ServeError> {
        let Assembled { router, deeds, streams, .. } = assembled;
        let (stop, stopping) = oneshot::channel();
        let mut serving = serve(self.listener, router, stopping);
        let outcome = tokio::select! {
            ended = &mut serving => return whole(ended),
            broken = jobs.broken() => Err(broken.into()),
            () = told => Ok(()),
        };
        streams.end();
        let _ = stop.send(());
        let served = finish(serving).await;
        if deeds.done(DEEDS_TAKE).await.is_err() {
            tracing::warn!("deeds under way were cut off; what came of them will be looked up");
        }
        outcome.and(served)
    }
}

/// Waits for the calls under way, so long at most.
async fn finish(mut serving: JoinHandle<io::Result<()>>) -> Result<(), ServeError> {
    if let Ok(ended) = timeout(CALLS_TAKE, &mut serving).await {
        return whole(ended);
    }
    tracing::warn!("calls under way were cut off");
    serving.abort();
    Ok(())
}

fn whole(ended: Result<io::Result<()>, JoinError>) -> Result<(), ServeError> {
    ended.map_err(io::Error::other).flatten().map_err(ServeError::Ended)
}

/// Answers from a task of its own, until it is told to stop and every call under way has ended.
fn serve(
    listener: TcpListener,
    router: Router,
    stopping: oneshot::Receiver<()>,
) -> JoinHandle<io::Result<()>> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stopping = async move { drop(stopping.await) };
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopping);
    tokio::spawn(serving.into_future())
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
