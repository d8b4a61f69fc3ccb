//! Where the browser's half lies.

use serde::Deserialize;

/// The addresses of script, module and sheet, as `manifest.json` of the built site names them, each
/// with the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Assets {
    /// The JavaScript glue.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}
