//! Who is whom: the names that a calendar may use for people, as reviewed code lists them.

use std::collections::{BTreeMap, BTreeSet};

use domain::names::Login;

use crate::calendar::Event;

/// People by what a calendar calls them. Nobody else is put on call by it.
#[derive(Clone, Debug)]
pub(super) struct Names(pub(super) BTreeMap<String, Login>);

impl Names {
    /// Whom an event puts on call.
    pub(super) fn people(&self, event: &Event) -> BTreeSet<&Login> {
        event.names.iter().filter_map(|name| self.0.get(&spelling(name))).collect()
    }

    /// Whom an event names that puts nobody on call, because nobody is known by any of its names.
    pub(super) fn strangers<'a>(&self, event: &'a Event) -> &'a [String] {
        if self.people(event).is_empty() { &event.names } else { &[] }
    }
}

/// What is compared: mail systems and people know no capitals.
pub(super) fn spelling(name: &str) -> String {
    name.trim().to_lowercase()
}
