//! Connecting: names are looked up once, every address is checked, and the connection goes to a checked one.

use std::{
    io,
    net::IpAddr,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use http::{Uri, uri::Scheme};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use tower::Service;

use super::{Networks, Resolver, address::is_public};

/// How long one address may take, so that another has its turn.
const ONE_ADDRESS: Duration = Duration::from_secs(3);

/// Why no connection came about.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is none that calls may go to, or one of the name's is.
    #[error("{0} is no public address, and no listed network holds it")]
    Refused(IpAddr),
    /// Without TLS only listed networks are spoken to.
    #[error("{0} is spoken to without TLS, and no listed network holds it")]
    InTheClear(IpAddr),
    /// The name is unknown, or nobody answers there.
    #[error("no connection came about")]
    Failed(#[source] io::Error),
}

/// Connects to checked addresses.
#[derive(Clone)]
pub(super) struct CheckedConnector {
    pub(super) resolver: Arc<dyn Resolver>,
    pub(super) private: Networks,
}

impl CheckedConnector {
    async fn connect(self, uri: Uri) -> Result<TokioIo<TcpStream>, ConnectError> {
        let in_the_clear = uri.scheme() != Some(&Scheme::HTTPS);
        let port = uri.port_u16().unwrap_or(if in_the_clear { 80 } else { 443 });
        let addresses = self.addresses(uri.host().unwrap_or_default()).await?;
        for &address in &addresses {
            self.check(address, in_the_clear)?;
        }
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        for address in addresses {
            match timeout(ONE_ADDRESS, TcpStream::connect((address, port))).await {
                Ok(Ok(stream)) => return Ok(TokioIo::new(stream)),
                Ok(Err(error)) => last = error,
                Err(_) => last = io::ErrorKind::TimedOut.into(),
            }
        }
        Err(ConnectError::Failed(last))
    }

    async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, ConnectError> {
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        match literal.parse() {
            Ok(address) => Ok(vec![address]),
            Err(_) => self.resolver.addresses(host).await.map_err(ConnectError::Failed),
        }
    }

    fn check(&self, address: IpAddr, in_the_clear: bool) -> Result<(), ConnectError> {
        if self.private.hold(address) {
            Ok(())
        } else if !is_public(address) {
            Err(ConnectError::Refused(address))
        } else if in_the_clear {
            Err(ConnectError::InTheClear(address))
        } else {
            Ok(())
        }
    }
}

impl Service<Uri> for CheckedConnector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = BoxFuture<'static, Result<Self::Response, ConnectError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        self.clone().connect(uri).boxed()
    }
}
