//! A bell that has a page read anew.

use leptos::prelude::*;

/// Rung when what a page shows has changed by its own doing. It counts, because what depends on it is read
/// anew only when a value differs from the one before.
#[derive(Clone, Copy)]
pub(crate) struct Bell(RwSignal<u32>);

impl Bell {
    /// A bell that was not rung yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Has whatever listens read anew.
    pub(crate) fn ring(self) {
        self.0.update(|rung| *rung = rung.wrapping_add(1));
    }

    /// How often it was rung; follows it.
    pub(crate) fn rung(self) -> u32 {
        self.0.get()
    }
}
