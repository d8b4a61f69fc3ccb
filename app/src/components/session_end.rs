//! That a session ended while a page was open: the whole page makes way for the way in.

use leptos::prelude::*;

use super::Bell;

/// Noticed by whatever is refused as signed out; followed by the frame around the pages.
#[derive(Clone, Copy)]
pub(crate) struct SessionEnd(Bell);

impl SessionEnd {
    /// Makes it known to the components below.
    pub(crate) fn provide() -> Self {
        let end = Self(Bell::new());
        provide_context(end);
        end
    }

    /// How often it was noticed; follows it.
    pub(crate) fn noticed(self) -> u32 {
        self.0.rung()
    }

    /// Has the frame look again who is signed in.
    pub(crate) fn notice() {
        let end = use_context::<Self>();
        // Effects run in browsers only; on the server the frame itself finds nobody signed in.
        Effect::new(move |_| {
            if let Some(Self(bell)) = end {
                bell.ring();
            }
        });
    }
}
