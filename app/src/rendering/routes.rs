//! The addresses of all pages, for the router of whoever serves them.

use std::sync::LazyLock;

use leptos_axum::{AxumRouteListing, generate_route_list};

use crate::App;

/// Listed once in a process: whatever pages read meanwhile would never be answered.
static LISTED: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// The addresses of all pages.
#[must_use]
pub fn route_list() -> Vec<AxumRouteListing> {
    LISTED.clone()
}
