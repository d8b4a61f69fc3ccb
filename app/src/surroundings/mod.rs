//! What surrounds every page: the language and theme a person chose, and what kind of console this is.
//!
//! The server writes them onto `<html>`, and the browser reads them from there, so that both render
//! the same page.

#[cfg(not(feature = "ssr"))]
mod document;
#[cfg(feature = "ssr")]
mod request;
mod switches;
mod theme;

#[cfg(not(feature = "ssr"))]
use document::read;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
pub(crate) use request::read;
pub(crate) use switches::Switches;
pub use theme::Theme;

use crate::messages::{Language, Phrases};

/// The cookie that keeps the language.
const LANGUAGE_COOKIE: &str = "sekisho_language";
/// The cookie that keeps the theme.
const THEME_COOKIE: &str = "sekisho_theme";

/// What surrounds every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) deployment: Deployment,
}

/// What kind of console this is. The server provides it as context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deployment {
    /// One over real clusters.
    #[default]
    Real,
    /// A demo over a made-up one; every page says so.
    Demo,
}

impl Deployment {
    /// As it stands on `<html>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Demo => "demo",
        }
    }
}

/// Makes the surroundings known to every component below.
pub(crate) fn provide_surroundings() {
    let surroundings = read();
    provide_context(surroundings);
    provide_context(Phrases(surroundings.language));
}
