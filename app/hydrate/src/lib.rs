//! The browser's entry point: takes over the page that the server rendered. Holds nothing else.

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page. A panic is told to the browser's console, where journeys and people find it.
#[wasm_bindgen]
pub fn hydrate() {
    panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    leptos::mount::hydrate_body(app::App);
}
