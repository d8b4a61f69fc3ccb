//! What the actions are called, wherever a page names one: the server tells it once per page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an action is called in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ActionName {
    /// Its name in the API.
    pub(crate) action: String,
    /// What it is called beside other actions.
    pub(crate) name: String,
}

/// What every action is called.
#[derive(Clone, Copy)]
pub(crate) struct ActionNames(StoredValue<Vec<ActionName>>);

impl ActionNames {
    /// Makes them known to the components below.
    pub(crate) fn provide(names: Vec<ActionName>) {
        provide_context(Self(StoredValue::new(names)));
    }

    /// All of them, in the order in which people are offered them.
    pub(crate) fn all() -> Vec<ActionName> {
        use_context::<Self>().map(|names| names.0.get_value()).unwrap_or_default()
    }

    /// What an action is called beside others.
    pub(crate) fn name(action: &str) -> String {
        let known = Self::all().into_iter().find(|known| known.action == action);
        known.map_or_else(|| action.to_owned(), |known| known.name)
    }
}
