//! Where a browser knocks: a router in the same process, or an address on the network.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Request, Response, Uri},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;
use tower::ServiceExt;

/// How long whoever knocks waits, so that a test ends where the console never answers.
const PATIENCE: Duration = Duration::from_mins(2);

/// Nobody answered, or not to the end.
pub type NoAnswer = axum::Error;

#[derive(Clone)]
pub(crate) enum Door {
    Router(Router),
    Network { client: Client<HttpConnector, Body>, address: SocketAddr },
}

impl Door {
    pub(crate) fn at(address: SocketAddr) -> Self {
        Self::Network { client: Client::builder(TokioExecutor::new()).build_http(), address }
    }

    pub(crate) async fn knock(&self, request: Request<Body>) -> Result<Response<Body>, NoAnswer> {
        timeout(PATIENCE, self.opened(request)).await.map_err(NoAnswer::new)?
    }

    async fn opened(&self, mut request: Request<Body>) -> Result<Response<Body>, NoAnswer> {
        match self {
            Self::Router(router) => {
                let answer: Result<_, Infallible> = router.clone().oneshot(request).await;
                Ok(answer.unwrap_or_else(|never| match never {}))
            }
            Self::Network { client, address } => {
                *request.uri_mut() = absolute(*address, request.uri());
                Ok(client.request(request).await.map_err(NoAnswer::new)?.map(Body::new))
            }
        }
    }
}

fn absolute(address: SocketAddr, path: &Uri) -> Uri {
    format!("http://{address}{path}").parse().unwrap()
}
