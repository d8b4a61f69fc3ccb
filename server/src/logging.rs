//! The log for operators, on the error output: what broke and what came right again. What people did is in the
//! audit log, not here.

use std::{io, str::FromStr};

use tracing_subscriber::{EnvFilter, fmt};

/// What is logged: levels, for all of it or by module (`info`, `warn,sekisho::cluster=debug`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(String);

/// The text is no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a log filter is written like info or warn,sekisho::cluster=debug")]
pub struct InvalidLogFilter;

/// How each line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

impl LogFilter {
    /// What breaks a running console, and that it runs again.
    #[must_use]
    pub fn usual() -> Self {
        Self("info".to_owned())
    }

    /// Only what breaks.
    #[must_use]
    pub fn troubles() -> Self {
        Self("warn".to_owned())
    }
}

impl FromStr for LogFilter {
    type Err = InvalidLogFilter;

    fn from_str(text: &str) -> Result<Self, InvalidLogFilter> {
        match EnvFilter::builder().parse(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(_) => Err(InvalidLogFilter),
        }
    }
}

/// Starts to log, for the rest of the process.
pub fn start(filter: &LogFilter, format: LogFormat) {
    let lines = fmt().with_env_filter(EnvFilter::new(&filter.0)).with_writer(io::stderr);
    // A process that logs already, as a test's does, goes on as it was.
    let _ = match format {
        LogFormat::Text => lines.with_ansi(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_checked_before_they_are_used() {
        assert!("warn,sekisho::cluster=debug".parse::<LogFilter>().is_ok());
        assert_eq!("sekisho=loud".parse::<LogFilter>(), Err(InvalidLogFilter));
    }
}
