//! A status: a word, a shape and a colour that say the same.

use leptos::prelude::*;

/// How a status feels; each tone has a shape and a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be: a disc.
    Good,
    /// On its way: a half disc.
    Busy,
    /// Worth a look: a triangle.
    Caution,
    /// Wrong: a diamond.
    Danger,
    /// Nothing to feel: a ring.
    Neutral,
}

impl Tone {
    /// Its name in the style sheet.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Caution => "caution",
            Self::Danger => "danger",
            Self::Neutral => "neutral",
        }
    }
}

/// A status: a word, a shape and a colour.
#[component]
pub(crate) fn Badge(tone: Tone, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.as_str()>
            <span class="badge-shape" aria-hidden="true"></span>
            {label}
        </span>
    }
}
