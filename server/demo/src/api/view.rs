//! How objects are rendered: whole, or as metadata only, as the `Accept` header asks.
//!
//! Never renders tables: clients fall back to JSON.

use axum::http::{HeaderMap, header};
use serde_json::{Value, json};

use crate::{kinds::Kind, object::Object};

/// The rendering a client asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum View {
    Whole,
    Metadata,
}

impl View {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let accept =
            headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        if accept.contains("as=PartialObjectMetadata") { Self::Metadata } else { Self::Whole }
    }

    /// One object, standing alone or in a watch event.
    pub(super) fn object(self, object: &Object) -> Value {
        match self {
            Self::Whole => object.value().clone(),
            Self::Metadata => json!({
                "kind": "PartialObjectMetadata",
                "apiVersion": "meta.k8s.io/v1",
                "metadata": object.at("/metadata"),
            }),
        }
    }

    /// One object in a list, whose kind the list already tells.
    pub(super) fn item(self, object: &Object) -> Value {
        let mut item = self.object(object);
        if let (Self::Whole, Value::Object(fields)) = (self, &mut item) {
            fields.remove("kind");
            fields.remove("apiVersion");
        }
        item
    }

    pub(super) fn list(self, kind: &Kind, metadata: &Value, items: &[Value]) -> Value {
        let (name, version) = match self {
            Self::Whole => (format!("{}List", kind.name), kind.api_version()),
            Self::Metadata => ("PartialObjectMetadataList".to_owned(), "meta.k8s.io/v1".to_owned()),
        };
        json!({ "kind": name, "apiVersion": version, "metadata": metadata, "items": items })
    }
}
