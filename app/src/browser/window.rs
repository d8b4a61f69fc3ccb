//! The small things of a browser window. What fails here harms nothing and is let go.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlDocument};

/// A year in seconds.
const YEAR: u32 = 31_536_000;

/// Keeps a matter of taste in a cookie, so that the server renders by it.
pub(crate) fn keep_preference(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let cookie = format!("{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax; Secure");
        let _ = document.set_cookie(&cookie);
    }
}

/// Sets an attribute of `<html>`.
pub(crate) fn mark_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// An address that holds a text itself, for a link that saves it.
pub(crate) fn as_download(text: &str) -> String {
    let encoded = js_sys::encode_uri_component(text);
    format!("data:application/octet-stream;charset=utf-8,{}", String::from(encoded))
}

/// Shows the top of the page.
pub(crate) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Brings an element into sight, moving no more than that takes.
pub(crate) fn show_element(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        show(&element);
    }
}

/// Brings this element into sight.
pub(crate) fn show(element: &Element) {
    element.scroll_into_view_with_bool(false);
}

/// Whether nobody looks at the page: its tab is behind another, or the window away.
pub(crate) fn is_out_of_sight() -> bool {
    document().hidden()
}

/// Reads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

/// Leaves for another page, which the server renders.
pub(crate) fn go(address: &str) {
    let _ = window().location().set_href(address);
}

/// What stands behind the `#` of the address; it never reaches a server.
pub(crate) fn fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    hash.strip_prefix('#').filter(|fragment| !fragment.is_empty()).map(str::to_owned)
}

/// Takes the fragment out of the address bar and the history, where a secret should not linger.
pub(crate) fn without_fragment() {
    let window = window();
    let path = window.location().pathname().unwrap_or_default();
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

/// Puts text onto the clipboard; whether that worked.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// The browser's clock in milliseconds: good for spans, not for moments.
pub(crate) fn milliseconds() -> f64 {
    js_sys::Date::now()
}
