//! A bell that has a page read anew.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser;

/// Rung when what a page shows has changed by its own doing. It counts, because what depends on it is read
/// anew only when a value differs from the one before.
#[derive(Clone, Copy)]
pub(crate) struct Bell(RwSignal<u32>);

impl Bell {
    /// A bell that was not rung yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// A bell that rings again and again while the page is in sight. Nothing rings on the server.
    pub(crate) fn every(between: Duration) -> Self {
        let bell = Self::new();
        // Effects run in browsers only.
        Effect::new(move |_| {
            let look = move || {
                if !browser::is_out_of_sight() {
                    bell.ring();
                }
            };
            if let Ok(looking) = set_interval_with_handle(look, between) {
                on_cleanup(move || looking.clear());
            }
        });
        bell
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
