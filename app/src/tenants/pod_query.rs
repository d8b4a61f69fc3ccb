//! Which pods are wanted, as the address of the page says it.

use domain::resources::PodSort;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use crate::messages::{Message, pods};

/// The orders on offer, with their names in an address and for people.
pub(super) const SORTS: [(PodSort, &str, Message); 6] = [
    (PodSort::Trouble, "trouble", pods::SORT_TROUBLE),
    (PodSort::Name, "name", pods::SORT_NAME),
    (PodSort::Status, "status", pods::SORT_STATUS),
    (PodSort::Restarts, "restarts", pods::SORT_RESTARTS),
    (PodSort::Age, "age", pods::SORT_AGE),
    (PodSort::Node, "node", pods::SORT_NODE),
];

/// Which pods are wanted. What the address says amiss is taken for the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wanted {
    pub(super) search: String,
    pub(super) sort: PodSort,
    pub(super) cursor: Option<String>,
}

impl Wanted {
    /// As the address says.
    pub(super) fn of(query: &ParamsMap) -> Self {
        Self {
            search: query.get("search").unwrap_or_default(),
            sort: query.get("sort").and_then(|name| name.parse().ok()).unwrap_or_default(),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
        }
    }

    /// The address of the same pods from a cursor on.
    pub(super) fn href(&self, path: &str, cursor: Option<&str>) -> String {
        let mut query = ParamsMap::new();
        if !self.search.is_empty() {
            query.insert("search", self.search.clone());
        }
        let name = SORTS.iter().find(|(sort, ..)| *sort == self.sort).map(|(_, name, _)| *name);
        if let Some(name) = name.filter(|_| self.sort != PodSort::default()) {
            query.insert("sort", name.to_owned());
        }
        if let Some(cursor) = cursor {
            query.insert("cursor", cursor.to_owned());
        }
        format!("{path}{}", query.to_query_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_can_be_named_in_an_address() {
        for (sort, name, _) in SORTS {
            assert_eq!(name.parse(), Ok(sort));
        }
    }

    #[test]
    fn an_address_says_what_is_wanted_and_no_more() {
        let wanted = Wanted { search: "api crash".into(), ..Wanted::default() };
        assert_eq!(wanted.href("/t", None), "/t?search=api%20crash");
        assert_eq!(Wanted::default().href("/t", None), "/t");
        let wanted = Wanted { sort: PodSort::Age, ..Wanted::default() };
        assert_eq!(wanted.href("/t", Some("web1")), "/t?sort=age&cursor=web1");
    }
}
