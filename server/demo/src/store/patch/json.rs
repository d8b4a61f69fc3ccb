//! JSON patch (RFC 6902): operations one after the other, each by JSON pointer.
//!
//! Never makes the way to a place: only the last step of a pointer may be new.

use serde::Deserialize;
use serde_json::Value;

/// One operation of RFC 6902 §4.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub(crate) enum Operation {
    Add { path: String, value: Value },
    Remove { path: String },
    Replace { path: String, value: Value },
    Move { from: String, path: String },
    Copy { from: String, path: String },
    Test { path: String, value: Value },
}

/// Why an operation does not fit a document.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum Misfit {
    #[error("there is nothing at {0}")]
    Missing(String),
    #[error("the value at {0} is another one")]
    Different(String),
    #[error("{0} is no place in a list")]
    Index(String),
}

impl Operation {
    pub(super) fn apply(&self, document: &mut Value) -> Result<(), Misfit> {
        match self {
            Self::Add { path, value } => add(document, path, value.clone()),
            Self::Remove { path } => remove(document, path).map(drop),
            Self::Replace { path, value } => {
                *document.pointer_mut(path).ok_or_else(|| missing(path))? = value.clone();
                Ok(())
            }
            Self::Move { from, path } => {
                let value = remove(document, from)?;
                add(document, path, value)
            }
            Self::Copy { from, path } => {
                let value = document.pointer(from).cloned().ok_or_else(|| missing(from))?;
                add(document, path, value)
            }
            Self::Test { path, value } => test(document, path, value),
        }
    }
}

/// An absent field equals `null`, as it does to a real API server.
fn test(document: &Value, path: &str, wanted: &Value) -> Result<(), Misfit> {
    match document.pointer(path) {
        Some(found) if found == wanted => Ok(()),
        None if wanted.is_null() && parent(document, path).is_some() => Ok(()),
        Some(_) => Err(Misfit::Different(path.to_owned())),
        None => Err(missing(path)),
    }
}

fn add(document: &mut Value, path: &str, value: Value) -> Result<(), Misfit> {
    if path.is_empty() {
        *document = value;
        return Ok(());
    }
    let (place, last) = split(path).ok_or_else(|| missing(path))?;
    match document.pointer_mut(place) {
        Some(Value::Object(fields)) => {
            fields.insert(last, value);
            Ok(())
        }
        Some(Value::Array(items)) => {
            let index = if last == "-" { Some(items.len()) } else { last.parse().ok() };
            let index = index.filter(|index| *index <= items.len());
            items.insert(index.ok_or_else(|| Misfit::Index(path.to_owned()))?, value);
            Ok(())
        }
        _ => Err(missing(path)),
    }
}

fn remove(document: &mut Value, path: &str) -> Result<Value, Misfit> {
    let (place, last) = split(path).ok_or_else(|| missing(path))?;
    match document.pointer_mut(place) {
        Some(Value::Object(fields)) => fields.remove(&last).ok_or_else(|| missing(path)),
        Some(Value::Array(items)) => {
            let index = last.parse().ok().filter(|index: &usize| *index < items.len());
            Ok(items.remove(index.ok_or_else(|| Misfit::Index(path.to_owned()))?))
        }
        _ => Err(missing(path)),
    }
}

fn missing(path: &str) -> Misfit {
    Misfit::Missing(path.to_owned())
}

fn parent<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    document.pointer(split(path)?.0)
}

/// A pointer without its last step, and that step unescaped.
fn split(path: &str) -> Option<(&str, String)> {
    let (place, last) = path.rsplit_once('/')?;
    Some((place, last.replace("~1", "/").replace("~0", "~")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(document: &Value, operations: Value) -> Result<Value, Misfit> {
        let operations: Vec<Operation> = serde_json::from_value(operations).unwrap();
        let mut document = document.clone();
        for operation in operations {
            operation.apply(&mut document)?;
        }
        Ok(document)
    }

    #[test]
    fn operations_apply_as_rfc_6902_says() {
        let document = json!({ "a": { "x/y": 1 }, "list": [1, 2] });
        let done = patched(
            &document,
            json!([
                { "op": "test", "path": "/a/x~1y", "value": 1 },
                { "op": "test", "path": "/a/absent", "value": null },
                { "op": "replace", "path": "/a/x~1y", "value": 2 },
                { "op": "add", "path": "/list/1", "value": 9 },
                { "op": "add", "path": "/list/-", "value": 3 },
                { "op": "remove", "path": "/list/0" },
                { "op": "copy", "from": "/a", "path": "/b" },
                { "op": "move", "from": "/a", "path": "/c" },
            ]),
        );
        let expected = json!({ "b": { "x/y": 2 }, "c": { "x/y": 2 }, "list": [9, 2, 3] });
        assert_eq!(done, Ok(expected));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let document = json!({ "a": 1, "list": [1] });
        for operation in [
            json!({ "op": "test", "path": "/a", "value": 2 }),
            json!({ "op": "test", "path": "/b", "value": 1 }),
            json!({ "op": "test", "path": "/b/c", "value": null }),
            json!({ "op": "remove", "path": "/b" }),
            json!({ "op": "replace", "path": "/b", "value": 1 }),
            json!({ "op": "add", "path": "/b/c", "value": 1 }),
            json!({ "op": "add", "path": "/list/3", "value": 1 }),
            json!({ "op": "remove", "path": "/list/-" }),
            json!({ "op": "move", "from": "/b", "path": "/c" }),
            json!({ "op": "copy", "from": "/b", "path": "/c" }),
        ] {
            patched(&document, json!([operation])).unwrap_err();
        }
    }
}
