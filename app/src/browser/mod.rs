//! What only a browser can do: passkeys, the JSON API, the event stream, the clipboard, cookies of taste.
//!
//! Compiles on the server too, where nothing calls it: effects and event handlers run in browsers only.

mod api;
mod passkeys;
mod signing;
mod stream;
mod window;

pub(crate) use api::{Method, call, send};
pub(crate) use passkeys::{Ceremony, Credential, StepUp, create_passkey, touch_passkey};
pub(crate) use signing::{Shown, check};
pub(crate) use stream::{Stream, StreamEvent};
pub(crate) use window::{
    as_download, copy, fragment, go, is_out_of_sight, keep_preference, mark_root, milliseconds,
    reload, scroll_to_top, show, show_element, without_fragment,
};
