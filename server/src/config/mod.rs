//! The configuration: flags, then `SEKISHO_*` variables, then `sekisho.toml`, then defaults.
//!
//! Reads its sources and checks them; opens no database, reaches no cluster. What may be done by
//! whom is no configuration: that is the policy repository's.

mod clusters;
mod error;
mod layer;
mod settings;
mod sources;
mod values;

pub use error::ConfigError;
pub use layer::Layer;
pub use settings::{Database, Settings};
pub use sources::Sources;
pub use values::{ClientAddress, ExecPluginsRule, LogFilterText, LogFormatName, PostgresUrl, Span};
