//! The file of secrets: who may read it, and what it says.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use domain::names::SecretName;
use serde::Deserialize;
use url::Url;

use super::{PagerDutySecret, RoutingKey, Secret, Secrets, SigningKey, SlackSecret, WebhookSecret};

/// Whatever others may do, and whatever but reading the group may.
const TOO_OPEN: u32 = 0o037;
/// Nothing that was meant to be this file is larger, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Why the secrets were not taken. Never says what stands in the file.
#[derive(Debug, thiserror::Error)]
pub enum BadSecrets {
    /// It cannot be read.
    #[error("{}: cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// Others may read it.
    #[error("{}: others may read or change it (mode {mode:04o}); use chmod 0600", .path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It does not have the form demanded.
    #[error("{}:{line}: {reason}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Written {
    Slack {
        url: Url,
    },
    PagerDuty {
        routing_key: RoutingKey,
        #[serde(default)]
        region: Region,
        /// Something that stands before it: a gateway, or a test.
        url: Option<Url>,
    },
    Webhook {
        url: Url,
        keys: Vec<SigningKey>,
    },
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Region {
    #[default]
    Us,
    Eu,
}

impl Region {
    const fn address(&self) -> &'static str {
        match self {
            Self::Us => "https://events.pagerduty.com/v2/enqueue",
            Self::Eu => "https://events.eu.pagerduty.com/v2/enqueue",
        }
    }
}

impl Secrets {
    /// Reads the file. This blocks on the file system.
    pub fn read(path: &Path) -> Result<Self, BadSecrets> {
        let unreadable = |error| BadSecrets::Unreadable(path.to_owned(), error);
        let file = File::open(path).map_err(unreadable)?;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode() & 0o7777;
        if mode & TOO_OPEN != 0 {
            return Err(BadSecrets::TooOpen { path: path.to_owned(), mode });
        }
        let mut text = String::new();
        file.take(LARGEST).read_to_string(&mut text).map_err(unreadable)?;
        Self::parse(&text).map_err(|(at, reason)| BadSecrets::Malformed {
            path: path.to_owned(),
            line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count(),
            reason,
        })
    }

    fn parse(text: &str) -> Result<Self, (usize, String)> {
        let written: BTreeMap<SecretName, toml::Spanned<Written>> =
            toml::from_str(text).map_err(|error| {
                // Not the whole error: that would quote the line.
                (error.span().map_or(0, |span| span.start), error.message().to_owned())
            })?;
        let secrets = written.into_iter().map(|(name, written)| {
            let at = written.span().start;
            let secret =
                written.into_inner().checked().map_err(|reason| (at, reason.to_owned()))?;
            Ok((name, secret))
        });
        secrets.collect::<Result<_, _>>().map(Self)
    }
}

impl Written {
    fn checked(self) -> Result<Secret, &'static str> {
        Ok(match self {
            Self::Slack { url } => Secret::Slack(SlackSecret { url: callable(url)? }),
            Self::PagerDuty { routing_key, region, url } => {
                let usual = || Url::parse(region.address()).map_err(|_| NO_ADDRESS);
                let url = url.map_or_else(usual, callable)?;
                Secret::PagerDuty(PagerDutySecret { url, routing_key })
            }
            Self::Webhook { keys, .. } if keys.is_empty() => return Err("keys must hold one key"),
            Self::Webhook { url, keys } => {
                Secret::Webhook(WebhookSecret { url: callable(url)?, keys })
            }
        })
    }
}

const NO_ADDRESS: &str = "an address is written https://HOST/…, without user and password";

/// Whether it may lead to a public address is seen at each call: `http` is for listed networks.
fn callable(url: Url) -> Result<Url, &'static str> {
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let known = matches!(url.scheme(), "https" | "http") && url.has_host();
    if known && plain { Ok(url) } else { Err(NO_ADDRESS) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const GOOD: &str = "[chat]\nkind = \"slack\"\nurl = \"https://hooks.slack.com/services/T/B/hunter2\"\n\
        [pager]\nkind = \"pagerduty\"\nregion = \"eu\"\nrouting_key = \"0123456789abcdef0123456789hunter2\"\n\
        [siem]\nkind = \"webhook\"\nurl = \"https://siem.example/x\"\nkeys = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]\n";

    fn read(text: &str, mode: u32) -> Result<Secrets, BadSecrets> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secrets.toml");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        Secrets::read(&path)
    }

    #[test]
    fn secrets_are_read_and_shown_nowhere() {
        let good = GOOD.replace("789hunter2", "89hunter2");
        let secrets = read(&good, 0o600).unwrap();
        let Some(Secret::PagerDuty(pager)) = secrets.0.get(&"pager".parse().unwrap()) else {
            panic!("there is a pager")
        };
        assert_eq!(pager.url.as_str(), "https://events.eu.pagerduty.com/v2/enqueue");
        let shown = format!("{secrets:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("slack.com"), "{shown}");
    }

    #[test]
    fn nobody_else_may_read_them() {
        for mode in [0o600, 0o400, 0o640, 0o440] {
            assert!(read("", mode).is_ok(), "{mode:o}");
        }
        for mode in [0o604, 0o644, 0o660, 0o602, 0o666] {
            assert!(matches!(read("", mode), Err(BadSecrets::TooOpen { .. })), "{mode:o}");
        }
    }

    #[test]
    fn mistakes_are_named_by_line_and_not_quoted() {
        for (good, bad, line) in [
            ("\"slack\"", "\"chat\"", 2),
            ("https://hooks", "ftp://hooks", 1),
            ("https://hooks", "https://hunter2:hunter2@hooks", 1),
            ("whsec_", "", 8),
            ("LaLaSw\"", "\"", 8),
            ("keys = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]", "keys = []", 8),
            ("region = \"eu\"", "region = \"moon\"", 4),
            ("[siem]", "[SIEM]", 8),
        ] {
            let text = GOOD.replace("789hunter2", "89hunter2").replace(good, bad);
            let error = read(&text, 0o600).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
            assert!(error.contains(&format!("secrets.toml:{line}")) || line > 1, "{error}");
        }
        let error = read(&GOOD.replace("789hunter2", "hunter2!"), 0o600).unwrap_err().to_string();
        assert!(error.ends_with("a routing key has 32 letters and digits"), "{error}");
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error() {
        let nowhere = Path::new("/nowhere/secrets.toml");
        assert!(matches!(Secrets::read(nowhere), Err(BadSecrets::Unreadable(..))));
    }
}
