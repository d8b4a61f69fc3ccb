//! Turns the bare module into the pair a browser loads: a script, and a module that the script starts.
//!
//! The script knows no file name: the page passes the module's hashed address to `init`.

use wasm_bindgen_cli_support::Bindgen;

use super::{Flavour, FrontError};

/// Returns the script and the module.
pub fn bind(module: Vec<u8>, flavour: Flavour) -> Result<(String, Vec<u8>), FrontError> {
    let names = flavour == Flavour::Dev;
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("sekisho", module);
    bindgen.web(true).map_err(refusal)?;
    bindgen
        .typescript(false)
        .omit_default_module_path(true)
        .debug(names)
        // DWARF would be most of the module, and browsers show names without it.
        .keep_debug(false)
        .remove_name_section(!names)
        .remove_producers_section(!names);
    let mut output = bindgen.generate_output().map_err(refusal)?;

    // wasm-bindgen lists every crate that may have snippets, most of them with none.
    let inline = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty());
    let mut snippets = inline.map(|(name, _)| name).chain(output.local_modules().keys());
    if let Some(snippet) = snippets.next() {
        return Err(FrontError::Snippet(snippet.clone()));
    }
    Ok((output.js().to_owned(), output.wasm_mut().emit_wasm()))
}

fn refusal(error: impl std::fmt::Display) -> FrontError {
    FrontError::Glue(format!("{error:#}"))
}
