//! The surroundings as the browser reads them: from `<html>`, where the server wrote them.

use leptos::prelude::document;

use super::{Deployment, Surroundings};

/// What the server wrote onto `<html>`.
pub(crate) fn read() -> Surroundings {
    let root = document().document_element();
    let attribute = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
    let parsed = |name: &str| attribute(name).unwrap_or_default();
    Surroundings {
        language: parsed("lang").parse().unwrap_or_default(),
        theme: parsed("data-theme").parse().unwrap_or_default(),
        deployment: if parsed("data-deployment") == Deployment::Demo.as_str() {
            Deployment::Demo
        } else {
            Deployment::Real
        },
    }
}
