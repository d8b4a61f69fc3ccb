//! The browser's half, built into one folder that the server serves as it is: `site/manifest.json` and `site/pkg/…`.
//!
//! Nothing here needs a program on `PATH` but cargo; nothing of what it writes is ever committed.

mod assets;
mod digest;
mod glue;
mod sheet;
mod site;
mod wasm;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use harness::tool;

use crate::command::CommandError;
use crate::progress::{note, step};
use crate::workspace::Workspace;

use assets::{Effort, Kind};
pub use wasm::{TARGET, ensure_target};

/// How much work goes into the build, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// For the person at the keyboard: quick to build, with debug names.
    Dev,
    /// For `cargo xtask demo`: small code, compressed quickly.
    Demo,
    /// What people get: small code, compressed as far as it goes, held to the byte budget.
    Release,
}

/// The browser's half could not be built.
#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    /// The compiler's WebAssembly target is absent and could not be installed.
    #[error(
        "the WebAssembly target is missing and could not be installed; run `rustup target add {}`",
        wasm::TARGET
    )]
    Target(#[source] CommandError),
    /// The compiler could not be asked what it has.
    #[error("rustc does not say which targets it has")]
    Compiler(#[from] tool::Error),
    /// Cargo failed; its output says why.
    #[error("the browser's half does not compile")]
    Compile(#[from] CommandError),
    /// wasm-bindgen refused the module.
    #[error("wasm-bindgen cannot make the glue: {0}")]
    Glue(String),
    /// A JavaScript snippet came with a dependency: the site has one script, and its policy allows no other.
    #[error("a dependency brings a JavaScript snippet of its own: {0}")]
    Snippet(String),
    /// A file could not be read or written.
    #[error("cannot use {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Script, module and sheet together weigh more than people on slow lines should fetch.
    #[error("the site weighs {weight} bytes as brotli; the budget is {budget}")]
    TooHeavy {
        /// What it weighs.
        weight: usize,
        /// What it may weigh.
        budget: usize,
    },
}

impl Flavour {
    /// The cargo profile that compiles it.
    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Demo | Self::Release => "wasm-release",
        }
    }

    /// Where its site lies: a demo may run, and read its site, while another flavour is built.
    fn site(self) -> &'static str {
        match self {
            Self::Dev | Self::Release => "site",
            Self::Demo => "demo/site",
        }
    }

    fn effort(self) -> Effort {
        match self {
            Self::Dev => Effort::Nothing,
            Self::Demo => Effort::Quick,
            Self::Release => Effort::Full,
        }
    }
}

/// What script, module and sheet may weigh together as brotli. The goal is 350 KiB; this is a ratchet a little above
/// where they are; it goes up only with a line in its table (`docs/decisions/front-end-build.md`).
const BUDGET: usize = 580 * 1024;

/// Builds the browser's half and returns the folder for the server's `--site`.
pub fn build(workspace: &Workspace, flavour: Flavour) -> Result<PathBuf, FrontError> {
    let folder = workspace.target().join(flavour.site());
    let module = step("compile the browser's half", || wasm::compile(workspace, flavour))?;
    let module = read(&module)?;
    let sheet = step("generate the style sheet", || sheet::generate(workspace.root()))?;

    let stamp = site::stamp(flavour, &module, &sheet)?;
    if site::is_current(&folder, &stamp) {
        note(format_args!("{} is up to date", folder.display()));
        return Ok(folder);
    }
    let (script, module) = step("bind the module to JavaScript", || glue::bind(module, flavour))?;
    let assets = step("compress", || {
        [
            (Kind::Script, script.into_bytes()),
            (Kind::Module, module),
            (Kind::Sheet, sheet.into_bytes()),
        ]
        .map(|(kind, bytes)| assets::Asset::new(kind, bytes, flavour.effort()))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()
    })?;
    for asset in &assets {
        note(asset.summary());
    }
    if flavour == Flavour::Release {
        hold_to_budget(assets.iter().map(assets::Asset::weight).sum())?;
    }
    site::write(&folder, &assets, &stamp)?;
    Ok(folder)
}

/// What the compressed files of a built site weigh together, in bytes.
pub fn weight(folder: &Path) -> Result<usize, FrontError> {
    site::weight(folder)
}

fn hold_to_budget(weight: usize) -> Result<(), FrontError> {
    note(format_args!(
        "{} together as brotli, of {}",
        assets::kibibytes(weight),
        assets::kibibytes(BUDGET)
    ));
    if weight > BUDGET {
        return Err(FrontError::TooHeavy { weight, budget: BUDGET });
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, FrontError> {
    fs::read(path).map_err(|source| FrontError::file(path, source))
}

impl FrontError {
    fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_holds_to_the_byte() {
        assert!(hold_to_budget(BUDGET).is_ok());
        assert!(matches!(hold_to_budget(BUDGET + 1), Err(FrontError::TooHeavy { .. })));
    }
}
