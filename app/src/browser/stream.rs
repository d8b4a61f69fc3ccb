//! The event stream (WHATWG HTML §9.2), closed when dropped.

use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource};

/// What a stream tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamEvent {
    /// It is open.
    Opened,
    /// Something of the view changed, or the watches behind it did.
    Changed,
    /// The connection was lost; the browser tries again by itself.
    Lost,
    /// It is over; the browser does not try again.
    Ended,
}

/// An open stream.
pub(crate) struct Stream {
    source: EventSource,
    /// The listeners live as long as the stream.
    _listeners: [Closure<dyn FnMut(Event)>; 4],
}

impl Stream {
    /// Opens the stream of a view; absent where the browser has none.
    pub(crate) fn open(view: &str, told: impl Fn(StreamEvent) + 'static) -> Option<Self> {
        let view = js_sys::encode_uri_component(view);
        let source = EventSource::new(&format!("/api/v1/stream?view={view}")).ok()?;
        let told = Rc::new(told);
        let listener = |event: fn(&EventSource) -> StreamEvent| {
            let (told, source) = (Rc::clone(&told), source.clone());
            Closure::<dyn FnMut(Event)>::new(move |_| told(event(&source)))
        };
        let opened = listener(|_| StreamEvent::Opened);
        let changed = listener(|_| StreamEvent::Changed);
        let ended = listener(|source| {
            source.close();
            StreamEvent::Ended
        });
        let failed = listener(|source| match source.ready_state() {
            EventSource::CLOSED => StreamEvent::Ended,
            _ => StreamEvent::Lost,
        });
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        for name in ["changed", "freshness"] {
            source.add_event_listener_with_callback(name, changed.as_ref().unchecked_ref()).ok()?;
        }
        source.add_event_listener_with_callback("ended", ended.as_ref().unchecked_ref()).ok()?;
        Some(Self { source, _listeners: [opened, changed, ended, failed] })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
