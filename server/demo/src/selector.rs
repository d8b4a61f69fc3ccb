//! Label and field selectors: as text in queries, as objects in specs.
//!
//! Never selects by anything but labels and the few fields the API server indexes.

use serde_json::Value;

use crate::{kinds, kinds::Kind, object::Object, refusal::Refusal};

/// All requirements must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector(Vec<Requirement>);

#[derive(Clone, Debug)]
struct Requirement {
    source: Source,
    key: String,
    test: Test,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Label,
    Field,
}

#[derive(Clone, Debug)]
enum Test {
    Exists,
    Absent,
    In(Vec<String>),
    NotIn(Vec<String>),
}

impl Selector {
    /// Reads `app=x,tier in (a,b),!legacy`.
    pub(crate) fn labels(text: &str) -> Result<Self, Refusal> {
        split_outside_parentheses(text)
            .into_iter()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(label_requirement)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Reads `spec.nodeName=n1,metadata.name!=x`, as far as the kind can be selected so.
    pub(crate) fn fields(kind: &Kind, text: &str) -> Result<Self, Refusal> {
        let parts = text.split(',').filter(|part| !part.is_empty());
        parts.map(|part| field_requirement(kind, part)).collect::<Result<_, _>>().map(Self)
    }

    /// Reads a `LabelSelector` object.
    pub(crate) fn of_object(selector: &Value) -> Self {
        let pairs = selector["matchLabels"].as_object().into_iter().flatten();
        let equal = pairs.map(|(key, value)| {
            Requirement::label(key, Test::In(vec![value.as_str().unwrap_or_default().to_owned()]))
        });
        let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
        Self(equal.chain(expressions.filter_map(expression)).collect())
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn matches(&self, object: &Object) -> bool {
        self.0.iter().all(|requirement| requirement.holds(object))
    }

    /// The one name that `metadata.name=x` asks for: the authorizer reads it as the name of the request.
    pub(crate) fn name(&self) -> Option<&str> {
        self.0.iter().find_map(|requirement| match &requirement.test {
            Test::In(values)
                if requirement.source == Source::Field && requirement.key == "metadata.name" =>
            {
                values.first().map(String::as_str)
            }
            _ => None,
        })
    }
}

impl Requirement {
    fn label(key: &str, test: Test) -> Self {
        Self { source: Source::Label, key: key.trim().to_owned(), test }
    }

    fn holds(&self, object: &Object) -> bool {
        let value = match self.source {
            Source::Label => object.at("/metadata/labels").get(&self.key).and_then(Value::as_str),
            Source::Field => Some(object.text(&format!("/{}", self.key.replace('.', "/")))),
        };
        match &self.test {
            Test::Exists => value.is_some(),
            Test::Absent => value.is_none(),
            Test::In(values) => {
                value.is_some_and(|value| values.iter().any(|wanted| wanted == value))
            }
            Test::NotIn(values) => {
                value.is_none_or(|value| values.iter().all(|unwanted| unwanted != value))
            }
        }
    }
}

fn label_requirement(part: &str) -> Result<Requirement, Refusal> {
    let set = |list: &str| -> Result<Vec<String>, Refusal> {
        let inner = list.trim().strip_prefix('(').and_then(|list| list.strip_suffix(')'));
        let inner = inner.ok_or_else(|| unparsable(part))?;
        Ok(inner.split(',').map(|value| value.trim().to_owned()).collect())
    };
    let one = |value: &str| vec![value.trim().to_owned()];
    if let Some((key, list)) = part.split_once(" notin ") {
        return Ok(Requirement::label(key, Test::NotIn(set(list)?)));
    }
    if let Some((key, list)) = part.split_once(" in ") {
        return Ok(Requirement::label(key, Test::In(set(list)?)));
    }
    if let Some((key, value)) = part.split_once("!=") {
        return Ok(Requirement::label(key, Test::NotIn(one(value))));
    }
    if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        return Ok(Requirement::label(key, Test::In(one(value))));
    }
    if part.contains(|letter: char| letter.is_whitespace() || "()".contains(letter)) {
        return Err(unparsable(part));
    }
    Ok(match part.strip_prefix('!') {
        Some(key) => Requirement::label(key, Test::Absent),
        None => Requirement::label(part, Test::Exists),
    })
}

fn unparsable(part: &str) -> Refusal {
    Refusal::bad_request(format!(
        "unable to parse requirement: found '{part}', expected: identifier"
    ))
}

fn field_requirement(kind: &Kind, part: &str) -> Result<Requirement, Refusal> {
    let invalid =
        || Refusal::bad_request(format!("invalid selector: '{part}'; can't understand '{part}'"));
    let (key, value) = part.split_once('=').ok_or_else(invalid)?;
    let values = vec![value.trim_start_matches('=').to_owned()];
    let (key, test) = match key.strip_suffix('!') {
        Some(key) => (key, Test::NotIn(values)),
        None => (key, Test::In(values)),
    };
    let known = matches!(key, "metadata.name" | "metadata.namespace")
        || (*kind == kinds::POD
            && matches!(
                key,
                "spec.nodeName" | "status.phase" | "spec.restartPolicy" | "spec.serviceAccountName"
            ))
        || (*kind == kinds::EVENT
            && (matches!(key, "reason" | "type") || key.strip_prefix("involvedObject.").is_some()));
    if !known {
        return Err(Refusal::bad_request(format!("field label not supported: {key}")));
    }
    Ok(Requirement { source: Source::Field, key: key.to_owned(), test })
}

fn expression(expression: &Value) -> Option<Requirement> {
    let listed = expression["values"].as_array().into_iter().flatten();
    let values = listed.filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    let test = match expression["operator"].as_str()? {
        "In" => Test::In(values),
        "NotIn" => Test::NotIn(values),
        "Exists" => Test::Exists,
        "DoesNotExist" => Test::Absent,
        _ => return None,
    };
    Some(Requirement::label(expression["key"].as_str()?, test))
}

/// A `LabelSelector` object as text, in the form in which `scale` shows it.
pub(crate) fn as_text(selector: &Value) -> String {
    let pairs = selector["matchLabels"].as_object().into_iter().flatten();
    let equal = pairs.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
    let listed = selector["matchExpressions"].as_array().into_iter().flatten();
    let told = listed.filter_map(|expression| {
        let key = expression["key"].as_str()?;
        let values = expression["values"].as_array().into_iter().flatten();
        let values: Vec<&str> = values.filter_map(Value::as_str).collect();
        Some(match expression["operator"].as_str()? {
            "In" => format!("{key} in ({})", values.join(",")),
            "NotIn" => format!("{key} notin ({})", values.join(",")),
            "Exists" => key.to_owned(),
            _ => format!("!{key}"),
        })
    });
    let mut all: Vec<String> = equal.chain(told).collect();
    all.sort();
    all.join(",")
}

fn split_outside_parentheses(text: &str) -> Vec<&str> {
    let mut depth = 0;
    text.split(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn selected(selector: &str, labels: &Value) -> bool {
        let object = Object::new(json!({ "metadata": { "labels": labels } }));
        Selector::labels(selector).unwrap().matches(&object)
    }

    #[test]
    fn labels_select_by_equality_sets_and_presence() {
        let labels = json!({ "app": "ledger", "tier": "api" });
        for holds in [
            "",
            "app=ledger",
            "app==ledger,tier",
            "tier in (api, web)",
            "!legacy",
            "zone notin (a)",
            "zone!=a",
        ] {
            assert!(selected(holds, &labels), "{holds}");
        }
        for fails in [
            "app=payouts",
            "legacy",
            "!app",
            "tier in (web)",
            "tier notin (api,web)",
            "zone in (a)",
        ] {
            assert!(!selected(fails, &labels), "{fails}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(Selector::labels("a in (").unwrap_err().code, 400);
        let refused = Selector::fields(&kinds::POD, "spec.foo=1").unwrap_err();
        assert_eq!(refused.message, "field label not supported: spec.foo");
    }

    #[test]
    fn an_object_selector_is_told_as_text() {
        let selector = json!({
            "matchLabels": { "b": "2", "a": "1" },
            "matchExpressions": [{ "key": "track", "operator": "NotIn", "values": ["canary", "x"] }],
        });
        assert_eq!(as_text(&selector), "a=1,b=2,track notin (canary,x)");
    }

    #[test]
    fn an_object_selector_combines_labels_and_expressions() {
        let selector = Selector::of_object(&json!({
            "matchLabels": { "app": "ledger" },
            "matchExpressions": [{ "key": "track", "operator": "NotIn", "values": ["canary"] }],
        }));
        let pod = |track: &str| {
            Object::new(json!({ "metadata": { "labels": { "app": "ledger", "track": track } } }))
        };
        assert!(selector.matches(&pod("stable")));
        assert!(!selector.matches(&pod("canary")));
    }
}
