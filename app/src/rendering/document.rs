//! The document around the pages.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use super::{Assets, content_security};
use crate::{App, surroundings};

/// A gate in the brand's colour, drawn small.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
%3Crect width='32' height='32' rx='7' fill='%232b4a8b'/%3E\
%3Cpath d='M5 10h22M8 15h16M11 10v16M21 10v16' stroke='white' stroke-width='2.6' stroke-linecap='round' fill='none'/%3E\
%3C/svg%3E";

/// The whole document. Expects [`Assets`] as context; sends the Content Security Policy.
#[must_use]
pub fn shell() -> impl IntoView {
    let surroundings = surroundings::read();
    let nonce = use_nonce();
    content_security::restrict(nonce.as_ref());
    let Assets { js, wasm, css } = expect_context();
    let start = start_script(&js, &wasm);
    view! {
        <!DOCTYPE html>
        <html
            lang=surroundings.language.tag()
            data-theme=surroundings.theme.as_str()
            data-deployment=surroundings.deployment.as_str()
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href=ICON />
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link
                    rel="preload"
                    href=wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                <script type="module" nonce=nonce>
                    {start}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The one inline script: starts the module, then lets it take over the page.
fn start_script(js: &str, wasm: &str) -> String {
    let [js, wasm] = [js, wasm].map(|address| serde_json::Value::from(address).to_string());
    format!(
        "import init, {{ hydrate }} from {js};\n\
         init({{ module_or_path: {wasm} }}).then(hydrate);"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_quoted_in_the_script() {
        let script = start_script("/pkg/a.js", "/pkg/\"b\".wasm");
        assert!(script.contains("from \"/pkg/a.js\";"));
        assert!(script.contains(r#"module_or_path: "/pkg/\"b\".wasm""#));
    }
}
