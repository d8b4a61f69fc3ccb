//! Where a cluster is reached, as it is told to people who get a token.

use base64::{Engine, engine::general_purpose::STANDARD};
use kube::Config;

/// The address of an API server, and what its certificate is checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Door {
    pub(super) server: String,
    /// As PEM; absent where the usual authorities are enough.
    pub(super) authority: Option<String>,
}

impl Door {
    /// The way by which the console itself goes in.
    pub(super) fn of(config: &Config) -> Self {
        let authorities = config.root_cert.as_deref().unwrap_or_default();
        let pem: String = authorities.iter().map(|der| pem(der)).collect();
        Self {
            server: config.cluster_url.to_string(),
            authority: Some(pem).filter(|pem| !pem.is_empty()),
        }
    }
}

/// A certificate as text (RFC 7468).
fn pem(der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let lines =
        encoded.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
    let lines: Vec<_> = lines.collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_console_trusts_is_told_in_lines_of_64() {
        let mut config = Config::new("https://cluster.example:6443".parse().unwrap());
        assert_eq!(Door::of(&config).authority, None);
        config.root_cert = Some(vec![vec![7; 50], vec![8; 3]]);
        let door = Door::of(&config);
        assert_eq!(door.server, "https://cluster.example:6443/");
        let pem = door.authority.unwrap();
        assert_eq!(pem.matches("BEGIN CERTIFICATE").count(), 2);
        assert!(pem.lines().all(|line| line.len() <= 64), "{pem}");
    }
}
