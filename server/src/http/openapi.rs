//! The OpenAPI document, made from the route table.

use axum::Json as Answer;
use serde_json::{Map, Value, json};

use super::{Access, Endpoint, Verb, routes};

/// The schemas that the table names.
const SCHEMAS: &str = include_str!("openapi_schemas.json");

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/openapi.json", "This document", || async { Answer(document()) })
            .access(Access::Public),
    ]
}

/// The document of every route.
pub(super) fn document() -> Value {
    let mut paths = Map::new();
    for endpoint in routes::endpoints() {
        let verb = endpoint.verb.as_str().to_lowercase();
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[verb] = operation(&endpoint);
    }
    let schemas: Value = serde_json::from_str(SCHEMAS).unwrap_or_default();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sekisho",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every error is application/problem+json with a stable `code`.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": super::SESSION_COOKIE },
            },
        },
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let mut success = json!({ "description": "Done" });
    if let Some(schema) = endpoint.gives {
        success["content"] = content(media_type(schema), schema);
    }
    let mut responses = Map::new();
    responses.insert(endpoint.status.to_string(), success);
    let problem = content("application/problem+json", "Problem");
    let failure = json!({ "description": "A problem", "content": problem });
    responses.insert("default".to_owned(), failure);
    let mut operation = json!({
        "summary": endpoint.summary,
        "parameters": parameters(endpoint),
        "responses": responses,
    });
    if let Some(schema) = endpoint.takes {
        let body = content("application/json", schema);
        operation["requestBody"] = json!({ "required": true, "content": body });
    } else if endpoint.verb == Verb::Post {
        let body = content("application/json", "Nothing");
        operation["requestBody"] = json!({ "required": false, "content": body });
    }
    if endpoint.access.needs_person() {
        operation["security"] = json!([{ "session": [] }]);
    }
    operation
}

fn media_type(schema: &str) -> &'static str {
    match schema {
        "EventStream" | "RequestEvents" => "text/event-stream",
        _ => "application/json",
    }
}

fn content(media_type: &str, schema: &str) -> Value {
    json!({ media_type: { "schema": { "$ref": format!("#/components/schemas/{schema}") } } })
}

fn parameters(endpoint: &Endpoint) -> Vec<Value> {
    let named =
        endpoint.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = named.map(|name| parameter(name, "path"));
    let in_query = endpoint.query.iter().map(|name| parameter(name, "query"));
    in_path.chain(in_query).collect()
}

fn parameter(name: &str, place: &str) -> Value {
    let required = place == "path";
    json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refs(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| refs(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| refs(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_to_a_schema_and_every_schema_is_used() {
        let document = document();
        let mut found = Vec::new();
        refs(&document, &mut found);
        for reference in &found {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for name in schemas.keys() {
            let reference = format!("#/components/schemas/{name}");
            assert!(found.contains(&reference), "nothing uses {name}");
        }
    }
}
