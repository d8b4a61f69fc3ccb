//! A bare axum handler that always gives one recorded answer: what no page can outrun.
//!
//! It is a process of its own, as the console is one.
#![expect(clippy::print_stdout, reason = "it tells whoever started it where it listens")]

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, header},
};
use harness::{run_folder::RunFolder, service::Service, wait};
use serde_json::Value;
use tokio::net::TcpListener;

use super::{Trouble, caller::Answer, console::address_in};

/// The verb with which the measuring program becomes the bare server.
pub const VERB: &str = "answer";
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// What each connection says anew.
const NOT_RECORDED: [HeaderName; 4] =
    [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::DATE, header::CONNECTION];

/// A running bare server; dropping it ends it.
pub struct Bare {
    _service: Service,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// Starts one that gives this answer.
    pub fn start(answer: &Answer, folder: &RunFolder) -> Result<Self, Trouble> {
        let [headers, body] = ["headers.json", "body"].map(|name| folder.path().join(name));
        fs::write(&headers, recorded(&answer.headers).to_string())?;
        fs::write(&body, &answer.body)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(VERB).arg(headers).arg(body);
        let mut service = Service::start("bare", command, folder)?;
        let address = wait::until("the bare server to listen", STARTS_WITHIN, || {
            if let Err(ended) = service.check() {
                return Some(Err(ended));
            }
            address_in(&fs::read_to_string(service.log()).ok()?).map(Ok)
        })??;
        Ok(Self { _service: service, address })
    }
}

fn recorded(headers: &HeaderMap) -> Value {
    let headers = headers.iter().filter(|(name, _)| !NOT_RECORDED.contains(name));
    headers
        .filter_map(|(name, value)| Some([name.as_str(), value.to_str().ok()?]))
        .map(Value::from_iter)
        .collect()
}

/// Is the bare server, until somebody ends it.
pub async fn serve(headers: &Path, body: &Path) -> Result<(), Trouble> {
    let recorded: Vec<[String; 2]> = serde_json::from_slice(&fs::read(headers)?)?;
    let mut headers = HeaderMap::new();
    for [name, value] in recorded {
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    let body = Bytes::from(fs::read(body)?);
    let answer = move || {
        let answer = (headers.clone(), body.clone());
        async move { answer }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("bare listens on {} for nothing else", listener.local_addr()?);
    axum::serve(listener, Router::new().fallback(answer)).await?;
    Ok(())
}
