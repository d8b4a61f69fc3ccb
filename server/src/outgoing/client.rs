//! Making a call within a time: a body out and a status back, or a body of bounded size back.

use std::{error::Error, fmt, io, sync::Arc, time::Duration};

use axum::body::{Body, Bytes, to_bytes};
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client as HyperClient, Error as HyperError},
    rt::TokioExecutor,
};
use tokio::time::timeout;
use url::Url;

use super::{ConnectError, Networks, Resolver, connector::CheckedConnector};

const AGENT: &str = concat!("sekisho/", env!("CARGO_PKG_VERSION"));

/// What was answered. The body is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// How long we are asked to wait (RFC 9110 §10.2.3), where that is told in seconds.
    pub retry_after: Option<Duration>,
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The status; a redirect is one like any other.
    pub status: StatusCode,
    /// The body.
    pub body: Bytes,
}

/// Why there was no answer. Never holds the URL: that may be a secret.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address is none that calls may go to.
    #[error(transparent)]
    Refused(ConnectError),
    /// Nobody is there, or the connection broke.
    #[error("no call came about")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
    /// It took too long.
    #[error("there was no answer in time")]
    TimedOut,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There was no answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The answer is larger than these bytes, or broke off.
    #[error("the answer is larger than {0} bytes, or did not come whole")]
    NotWhole(usize),
}

/// The roots of the system cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the certificates that this system trusts cannot be read")]
pub struct NoTls(#[from] io::Error);

/// Makes calls. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    client: HyperClient<HttpsConnector<CheckedConnector>, String>,
    patience: Duration,
}

impl Client {
    /// Calls public addresses and these networks; each call takes so long at most.
    pub fn new(
        resolver: Arc<dyn Resolver>,
        private: Networks,
        patience: Duration,
    ) -> Result<Self, NoTls> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()?
            .https_or_http()
            .enable_http1()
            .wrap_connector(CheckedConnector { resolver, private });
        // A connection that is kept would outlive the check of its address.
        let client = HyperClient::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .retry_canceled_requests(false)
            .build(connector);
        Ok(Self { client, patience })
    }

    /// Posts JSON.
    pub async fn post(
        &self,
        url: &Url,
        headers: HeaderMap,
        body: String,
    ) -> Result<Answer, CallError> {
        let mut request = request(Method::POST, url, body)?;
        request.headers_mut().extend(headers);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        let answered = async { Ok(Answer::of(&self.send(request).await?)) };
        timeout(self.patience, answered).await.unwrap_or(Err(CallError::TimedOut))
    }

    /// Fetches what is at an address, up to so many bytes.
    pub async fn get(&self, url: &Url, most: usize) -> Result<Fetched, FetchError> {
        let request = request(Method::GET, url, String::new())?;
        let fetched = async {
            let response = self.send(request).await?;
            let status = response.status();
            let body = to_bytes(response.into_body(), most).await;
            Ok(Fetched { status, body: body.map_err(|_| FetchError::NotWhole(most))? })
        };
        timeout(self.patience, fetched).await.unwrap_or(Err(CallError::TimedOut.into()))
    }

    async fn send(&self, request: Request<String>) -> Result<Response<Body>, CallError> {
        let response = self.client.request(request).await.map_err(failed)?;
        Ok(response.map(Body::new))
    }
}

fn request(method: Method, url: &Url, body: String) -> Result<Request<String>, CallError> {
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() =
        url.as_str().parse().map_err(|error| CallError::Failed(Box::new(error)))?;
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(AGENT));
    Ok(request)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Answer {
    fn of<T>(response: &Response<T>) -> Self {
        let seconds = response.headers().get(RETRY_AFTER);
        let seconds = seconds.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        Self { status: response.status(), retry_after: seconds.map(Duration::from_secs) }
    }
}

fn failed(error: HyperError) -> CallError {
    match refusal(&error) {
        Some(ConnectError::Refused(address)) => CallError::Refused(ConnectError::Refused(*address)),
        Some(ConnectError::InTheClear(address)) => {
            CallError::Refused(ConnectError::InTheClear(*address))
        }
        _ => CallError::Failed(Box::new(error)),
    }
}

/// What our own connector said, somewhere behind it.
fn refusal<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a ConnectError> {
    let mut behind = Some(error);
    while let Some(error) = behind {
        if let Some(ours) = error.downcast_ref() {
            return Some(ours);
        }
        behind = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::{
        net::IpAddr,
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
    };

    use async_trait::async_trait;
    use axum::Router;
    use tokio::net::TcpListener;

    use super::*;

    /// A name that leads to these, and elsewhere from the second time on.
    struct Names {
        first: Vec<IpAddr>,
        asked: AtomicUsize,
    }

    #[async_trait]
    impl Resolver for Names {
        async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
            match self.asked.fetch_add(1, SeqCst) {
                0 => Ok(self.first.clone()),
                _ => Ok(vec!["127.0.0.9".parse().unwrap()]),
            }
        }
    }

    fn names(addresses: &[&str]) -> Arc<Names> {
        let first = addresses.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Names { first, asked: AtomicUsize::new(0) })
    }

    /// Somebody on loopback who says yes.
    async fn listening() -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new().fallback(|| async { StatusCode::NO_CONTENT });
        tokio::spawn(axum::serve(listener, router).into_future());
        port
    }

    async fn post(names: &Arc<Names>, private: &str, url: &str) -> Result<StatusCode, CallError> {
        let patience = Duration::from_secs(20);
        let private =
            if private.is_empty() { Networks::default() } else { private.parse().unwrap() };
        let client = Client::new(names.clone(), private, patience).unwrap();
        let url = url.parse().unwrap();
        client.post(&url, HeaderMap::new(), "{}".to_owned()).await.map(|answer| answer.status)
    }

    #[tokio::test]
    async fn a_name_is_looked_up_once_and_leads_to_what_was_checked() {
        let port = listening().await;
        let names = names(&["127.0.0.1"]);
        let answer = post(&names, "127.0.0.1", &format!("http://hook.example:{port}/")).await;
        assert_eq!(answer.unwrap(), StatusCode::NO_CONTENT);
        assert_eq!(names.asked.load(SeqCst), 1);
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_too_is_not_called_at_all() {
        let port = listening().await;
        let names = names(&["8.8.8.8", "127.0.0.1"]);
        let refused = post(&names, "", &format!("https://hook.example:{port}/")).await.unwrap_err();
        let CallError::Refused(ConnectError::Refused(address)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(address.to_string(), "127.0.0.1");
        assert_eq!(names.asked.load(SeqCst), 1, "it is not asked again in the hope of better");
    }

    #[tokio::test]
    async fn the_public_is_not_spoken_to_in_the_clear() {
        let refused = post(&names(&["8.8.8.8"]), "", "http://hook.example/").await.unwrap_err();
        assert!(matches!(refused, CallError::Refused(ConnectError::InTheClear(_))), "{refused:?}");
    }

    #[tokio::test]
    async fn where_nobody_answers_at_one_address_the_next_has_its_turn() {
        let port = listening().await;
        let names = names(&["127.0.0.2", "127.0.0.1"]);
        let answer = post(&names, "127.0.0.0/8", &format!("http://hook.example:{port}/")).await;
        assert_eq!(answer.unwrap(), StatusCode::NO_CONTENT);
    }

    #[tokio::test]
    async fn an_address_that_is_a_secret_is_in_no_error() {
        for url in ["http://127.0.0.1:1/hunter2", "https://10.0.0.1/hunter2"] {
            let error = post(&names(&[]), "127.0.0.1", url).await.unwrap_err();
            assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
        }
    }

    /// What comes of fetching from somebody on loopback, of whom no more than eight bytes are taken.
    async fn fetched(router: Router) -> Result<Fetched, FetchError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(axum::serve(listener, router).into_future());
        let (names, patience) = (names(&[]), Duration::from_millis(500));
        let client = Client::new(names, "127.0.0.1".parse().unwrap(), patience).unwrap();
        client.get(&url, 8).await
    }

    #[tokio::test]
    async fn what_is_fetched_comes_whole_or_not_at_all() {
        let body = |text: &'static str| Router::new().fallback(async move || text);
        let whole = fetched(body("12345678")).await.unwrap();
        assert_eq!((whole.status, &whole.body[..]), (StatusCode::OK, &b"12345678"[..]));
        let larger = fetched(body("123456789")).await.unwrap_err();
        assert!(matches!(larger, FetchError::NotWhole(8)), "{larger:?}");
        let endless = Router::new().fallback(async || {
            Body::from_stream(futures::stream::repeat_with(|| Ok::<_, io::Error>("1234")))
        });
        let endless = fetched(endless).await.unwrap_err();
        assert!(matches!(endless, FetchError::NotWhole(8)), "{endless:?}");
    }

    #[tokio::test]
    async fn whoever_hangs_before_or_amid_an_answer_is_not_waited_for() {
        let silent = Router::new().fallback(async || std::future::pending::<()>().await);
        let halting = Router::new().fallback(async || {
            let first = futures::stream::iter([Ok::<_, io::Error>("1")]);
            Body::from_stream(futures::StreamExt::chain(first, futures::stream::pending()))
        });
        for hanging in [silent, halting] {
            let late = fetched(hanging).await.unwrap_err();
            assert!(matches!(late, FetchError::Call(CallError::TimedOut)), "{late:?}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_leads_nowhere() {
        let elsewhere = Router::new().fallback(async |uri: http::Uri| {
            assert_eq!(uri.path(), "/", "nobody follows");
            axum::response::Redirect::temporary("/secret")
        });
        let answer = fetched(elsewhere).await.unwrap();
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    }
}
