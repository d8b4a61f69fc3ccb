//! Several views, as views of one type.

use leptos::prelude::{AnyView, IntoAny, IntoView};

/// Several views. Of one type, so that the browser's half holds a list of views once and not for each kind anew.
pub(crate) trait Views {
    /// The views, whatever they are of.
    fn views(self) -> Vec<AnyView>;
}

impl<I: IntoIterator<Item: IntoView + IntoAny>> Views for I {
    fn views(self) -> Vec<AnyView> {
        self.into_iter().map(IntoAny::into_any).collect()
    }
}
