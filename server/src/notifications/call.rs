//! What every kind of destination makes of a delivery: one call.

use domain::notifications::{About, Delivery, Language};
use http::HeaderMap;
use url::Url;

use crate::identity::Origin;

/// A call that is to be made.
pub(super) struct Call {
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// What is told, and how.
#[derive(Clone, Copy)]
pub(super) struct Message<'a> {
    pub(super) delivery: &'a Delivery,
    pub(super) language: Language,
    /// The console's own address.
    pub(super) origin: &'a Origin,
}

impl Message<'_> {
    /// Where it is shown, and decided.
    pub(super) fn link(&self) -> String {
        let (origin, event) = (self.origin, &self.delivery.event);
        match event.about {
            About::Request(request) => format!("{origin}/requests/{request}"),
            About::Grant(grant) => format!("{origin}/grants/{grant}"),
            About::Session(session) if event.kind.is_of_review() => {
                format!("{origin}/reviews/{session}")
            }
            About::Session(session) => format!("{origin}/break-glass/{session}"),
            About::Recovery(recovery) => format!("{origin}/recoveries/{recovery}"),
        }
    }
}
