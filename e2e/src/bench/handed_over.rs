//! What `cargo xtask bench` hands over in variables. Nothing is found by itself.

use std::{env, path::PathBuf};

use super::Trouble;

/// A path.
pub fn path(name: &str) -> Result<PathBuf, Trouble> {
    Ok(text(name)?.into())
}

/// A text.
pub fn text(name: &str) -> Result<String, Trouble> {
    env::var(name).map_err(|_| format!("{name} is not set: run `cargo xtask bench`").into())
}
