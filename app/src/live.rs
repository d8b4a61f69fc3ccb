//! Keeping a page up to date: one event stream per page, on whose notes the page reads anew.
//!
//! The stream carries no data, only that something changed: what a person sees is always read through
//! the page's own, authorised functions.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    browser::{Stream, StreamEvent},
    reading::{Readable, Reading},
};

/// A page is read anew at most this often.
const BETWEEN_READS: Duration = Duration::from_secs(1);

/// How long after a reading that did not come through it is tried again.
const BETWEEN_TRIES: Duration = Duration::from_secs(3);

/// How a page hears of changes.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    /// How the stream stands.
    pub(crate) connection: RwSignal<Connection>,
    /// What the page shows, as the stream calls it.
    view: RwSignal<Option<String>>,
    /// Counts what was heard; a page's resource depends on it.
    revision: RwSignal<u32>,
}

/// How the stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Not open yet.
    Opening,
    /// Open: the page is up to date.
    Open,
    /// Lost; the browser tries again.
    Lost,
    /// Over: the session ended, or the view may no longer be seen.
    Ended,
}

impl Live {
    /// Makes a stream available to the pages below.
    pub(crate) fn provide() {
        let live = Self {
            connection: RwSignal::new(Connection::Opening),
            view: RwSignal::new(None),
            revision: RwSignal::new(0),
        };
        provide_context(live);
        // Effects run in browsers only; the stream is the effect's own and never leaves it.
        Effect::new(move |before: Option<Option<Stream>>| {
            let view = live.view.get();
            // The old stream closes before the new one opens: one per page.
            drop(before);
            view.and_then(|view| live.open(&view))
        });
    }

    /// Changes when the page should read anew.
    pub(crate) fn revision() -> Signal<u32> {
        expect_context::<Self>().revision.into()
    }

    /// Follows what concerns a person anywhere, while a page is shown that everybody has.
    pub(crate) fn follow_home() -> Signal<u32> {
        let live = expect_context::<Self>();
        Effect::new(move |_| live.resume_home());
        live.revision.into()
    }

    /// Follows what a page shows once it was read, unless it is not this person's to see.
    pub(crate) fn follow<T: Readable>(
        read: Reading<T>,
        view: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) {
        let live = expect_context::<Self>();
        Effect::new(move |_| {
            let hidden = read.with(|read| match read {
                Some(Err(failure)) => failure.is_not_visible() || failure.is_signed_out(),
                Some(Ok(_)) => false,
                None => true,
            });
            live.look_at(view().filter(|_| !hidden));
        });
    }

    /// Has the page read anew in a while, after a reading that did not come through.
    pub(crate) fn try_again() {
        let live = use_context::<Self>();
        // Effects run in browsers only.
        Effect::new(move |_| {
            let read_anew = move || {
                if let Some(live) = live {
                    live.revision.update(|revision| *revision += 1);
                }
            };
            if let Ok(trying) = set_timeout_with_handle(read_anew, BETWEEN_TRIES) {
                on_cleanup(move || trying.clear());
            }
        });
    }

    /// Follows nothing any more: that a session ends is no news to whoever signs out.
    pub(crate) fn rest(self) {
        self.look_at(None);
    }

    /// Follows again what a page shows that everybody has.
    pub(crate) fn resume_home(self) {
        self.look_at(Some("home".to_owned()));
    }

    fn is_resting(self) -> bool {
        self.view.with_untracked(Option::is_none)
    }

    fn look_at(self, view: Option<String>) {
        if self.view.with_untracked(|before| *before != view) {
            self.view.set(view);
        }
    }

    fn open(self, view: &str) -> Option<Stream> {
        self.connection.set(Connection::Opening);
        let waiting = StoredValue::new(false);
        Stream::open(view, move |event| match event {
            StreamEvent::Opened => self.connection.set(Connection::Open),
            StreamEvent::Lost => self.connection.set(Connection::Lost),
            StreamEvent::Ended => {
                self.connection.set(Connection::Ended);
                // Reading anew tells the person why: signed out, or no longer theirs to see.
                self.revision.update(|revision| *revision += 1);
            }
            StreamEvent::Changed if waiting.get_value() => {}
            StreamEvent::Changed => {
                waiting.set_value(true);
                let read_anew = move || {
                    waiting.set_value(false);
                    if !self.is_resting() {
                        self.revision.update(|revision| *revision += 1);
                    }
                };
                set_timeout(read_anew, BETWEEN_READS);
            }
        })
    }
}
