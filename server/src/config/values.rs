//! Values of the configuration that have a form of their own.

use std::{fmt, str::FromStr, time::Duration};

use jiff::SignedDuration;
use serde::Deserialize;

use crate::{
    cluster::ExecPlugins,
    http::AddressFrom,
    logging::{InvalidLogFilter, LogFilter, LogFormat},
};

/// A value does not have the form demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidValue(&'static str);

macro_rules! read_from_text {
    ($($name:ident)*) => {
        $(impl TryFrom<String> for $name {
            type Error = InvalidValue;

            fn try_from(text: String) -> Result<Self, InvalidValue> {
                text.parse()
            }
        })*
    };
}

read_from_text! { Span PostgresUrl ExecPluginsRule ClientAddress LogFilterText LogFormatName }

/// A length of time, written `30m` or `1h 30m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub Duration);

impl FromStr for Span {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        text.parse::<SignedDuration>()
            .ok()
            .and_then(|span| Duration::try_from(span).ok())
            .filter(|span| !span.is_zero())
            .map(Self)
            .ok_or(InvalidValue("a length of time is written like 30m or 1h 30m"))
    }
}

/// The address of a Postgres database. It may hold a password and is shown nowhere.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PostgresUrl(String);

impl PostgresUrl {
    /// The address, password and all.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresUrl(…)")
    }
}

impl FromStr for PostgresUrl {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let postgres = ["postgres://", "postgresql://"];
        if postgres.iter().any(|scheme| text.starts_with(scheme)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidValue(
                "a database is written postgres://…; leave it out for the embedded one",
            ))
        }
    }
}

/// Whether kubeconfigs may make the console run programs, written `refused` or `allowed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ExecPluginsRule(pub ExecPlugins);

impl FromStr for ExecPluginsRule {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        match text {
            "refused" => Ok(Self(ExecPlugins::Refused)),
            "allowed" => Ok(Self(ExecPlugins::Allowed)),
            _ => Err(InvalidValue("exec plugins are refused or allowed")),
        }
    }
}

/// How clients are told apart, written `peer` or `proxy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ClientAddress(pub AddressFrom);

impl FromStr for ClientAddress {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        match text {
            "peer" => Ok(Self(AddressFrom::Peer)),
            "proxy" => Ok(Self(AddressFrom::Proxy)),
            _ => Err(InvalidValue("clients are told apart by peer or by proxy")),
        }
    }
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogFilterText(pub LogFilter);

impl FromStr for LogFilterText {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let invalid = "a log filter is written like info or warn,sekisho::cluster=debug";
        text.parse().map(Self).map_err(|InvalidLogFilter| InvalidValue(invalid))
    }
}

/// How log lines are written, `text` or `json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogFormatName(pub LogFormat);

impl FromStr for LogFormatName {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        match text {
            "text" => Ok(Self(LogFormat::Text)),
            "json" => Ok(Self(LogFormat::Json)),
            _ => Err(InvalidValue("log lines are written as text or json")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_positive() {
        assert_eq!("1h 30m".parse::<Span>().unwrap().0, Duration::from_mins(90));
        for bad in ["", "30", "-5m", "0s", "soon"] {
            assert!(bad.parse::<Span>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let url: PostgresUrl = "postgres://sekisho:hunter2@db/sekisho".parse().unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
        assert!("mysql://db".parse::<PostgresUrl>().is_err());
    }
}
