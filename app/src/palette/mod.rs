//! The command palette: from the keyboard to every tenant, object, page and action that a person may see.

mod dialog;
#[cfg(feature = "ssr")]
pub(crate) mod find;
mod read;

pub(crate) use dialog::Palette;
