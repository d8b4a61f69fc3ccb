//! The one door of a kubelet at which the API server knocks for tests: what containers wrote, over TLS. It ran none: each
//! run of each is said to have written the same. One call per connection.

use std::{io, path::Path, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

/// Where the door is, and what it shows.
pub struct Door {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Door {
    /// Opens on a free port of loopback, and shows a certificate, of which this is the key: both PEM files.
    pub async fn open(certificate: &Path, key: &Path) -> io::Result<Self> {
        let chain = vec![CertificateDer::from_pem_file(certificate).map_err(io::Error::other)?];
        let key = PrivateKeyDer::from_pem_file(key).map_err(io::Error::other)?;
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key);
        let acceptor = TlsAcceptor::from(Arc::new(config.map_err(io::Error::other)?));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        Ok(Self { listener, acceptor })
    }

    /// The port.
    pub fn port(&self) -> io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// Answers for ever.
    pub async fn serve(self) {
        loop {
            let Ok((connection, _)) = self.listener.accept().await else { continue };
            let acceptor = self.acceptor.clone();
            tokio::spawn(async move {
                if let Err(error) = answer(&acceptor, connection).await {
                    tracing::warn!(%error, "a call went unanswered");
                }
            });
        }
    }
}

async fn answer(acceptor: &TlsAcceptor, connection: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(acceptor.accept(connection).await?);
    let (mut request, mut header) = (String::new(), String::new());
    stream.read_line(&mut request).await?;
    while stream.read_line(&mut header).await? > "\r\n".len() {
        header.clear();
    }
    let address = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = match written(address) {
        Some(lines) => ("200 OK", lines),
        None => ("404 Not Found", String::new()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all((head + &body).as_bytes()).await?;
    stream.shutdown().await
}

/// What the container of this address wrote: `/containerLogs/NAMESPACE/POD/CONTAINER?…`.
fn written(address: &str) -> Option<String> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut container = path.strip_prefix("/containerLogs/")?.split('/');
    let (_, pod, name) = (container.next()?, container.next()?, container.next()?);
    let run = if query.contains("previous=true") { "the run before" } else { "this run" };
    let lines = [format!("{name} of {pod} starts"), format!("{run} finds no database")];
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("tailLines=")?.parse().ok());
    let skipped = lines.len().saturating_sub(asked.unwrap_or(lines.len()));
    Some(lines[skipped..].join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_wrote_lines_of_which_the_last_are_given() {
        let of = |query: &str| written(&format!("/containerLogs/shop/web-1/app{query}"));
        assert_eq!(of("").as_deref(), Some("app of web-1 starts\nthis run finds no database\n"));
        let last = "?previous=true&tailLines=1";
        assert_eq!(of(last).as_deref(), Some("the run before finds no database\n"));
        assert_eq!(of("?tailLines=20"), of(""));
    }

    #[test]
    fn there_is_no_other_door() {
        for address in ["/", "/pods", "/exec/shop/web-1/app", "/containerLogs/shop/web-1"] {
            assert_eq!(written(address), None, "{address}");
        }
    }
}
