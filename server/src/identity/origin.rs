//! The public address of the console, which passkeys and the same-origin check are bound to.

use std::{fmt, str::FromStr};

use domain::identity::LinkSecret;
use serde::Deserialize;
use url::{Host, Url};

/// The console's origin (RFC 6454): `https`, or `http` on localhost.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin {
    url: Url,
    domain: String,
}

/// The text is no origin that passkeys work with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no origin for passkeys: https://HOST[:PORT], or http://localhost[:PORT]")]
pub struct InvalidOrigin(String);

impl Origin {
    /// The relying party's id: its host.
    #[must_use]
    pub fn rp_id(&self) -> &str {
        &self.domain
    }

    /// As a URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether browsers reach it over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The link that enrols by this secret. The secret stands behind `#`, which browsers do not send.
    #[must_use]
    pub fn enrolment_link(&self, secret: &LinkSecret) -> String {
        format!("{self}/enrol#{}", secret.reveal())
    }

    /// Whether an `Origin` header names it.
    #[must_use]
    pub fn is_named_by(&self, header: &str) -> bool {
        header == self.to_string()
    }
}

impl TryFrom<String> for Origin {
    type Error = InvalidOrigin;

    fn try_from(text: String) -> Result<Self, InvalidOrigin> {
        text.parse()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url.origin().ascii_serialization())
    }
}

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let invalid = || InvalidOrigin(text.chars().take(200).collect());
        let url = Url::parse(text).map_err(|_| invalid())?;
        let Some(Host::Domain(domain)) = url.host() else {
            return Err(invalid());
        };
        let domain = domain.to_owned();
        let secure = match url.scheme() {
            "https" => true,
            "http" => domain == "localhost" || domain.ends_with(".localhost"),
            _ => false,
        };
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        if secure && bare && anonymous { Ok(Self { url, domain }) } else { Err(invalid()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_browsers_write_it() {
        let origin: Origin = "https://Console.example.org:443/".parse().unwrap();
        assert_eq!(origin.to_string(), "https://console.example.org");
        assert_eq!(origin.rp_id(), "console.example.org");
        assert!(origin.is_named_by("https://console.example.org"));
        assert!(!origin.is_named_by("https://console.example.org.evil.example"));
        assert!(!origin.is_named_by("null"));
    }

    #[test]
    fn only_localhost_goes_without_tls() {
        assert!("http://localhost:3000".parse::<Origin>().is_ok());
        for bad in [
            "http://console.example.org",
            "https://127.0.0.1",
            "https://user@console.example.org",
            "https://console.example.org/path",
            "ftp://localhost",
            "localhost",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }
}
