//! Names and labels.
//!
//! Never looks below `metadata`.

use serde_json::{Value, json};

use crate::{complaint::Complaint, kinds::Kind, object::Object, refusal::Refusal};

const VALUE_RULE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
    and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', \
    regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_RULE: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', \
    and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', \
    regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const SUBDOMAIN_RULE: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', \
    and must start and end with an alphanumeric character";
const LONGEST: &str = "must be no more than 63 characters";

/// Names are RFC 1123 subdomains; those of RBAC objects may be anything that fits a path segment.
pub(in crate::store) fn check_name(kind: &Kind, name: &str) -> Result<(), Refusal> {
    let good = if kind.group.starts_with("rbac.") {
        !name.contains(['/', '%']) && !matches!(name, "." | "..")
    } else {
        is_subdomain(name)
    };
    let complaint = if name.is_empty() {
        Complaint::required("metadata.name", "name or generateName is required")
    } else if good {
        return Ok(());
    } else {
        Complaint::invalid("metadata.name", &json!(name), SUBDOMAIN_RULE)
    };
    Err(Refusal::invalid_object(kind.group, kind.name, name, &[complaint]))
}

/// What is wrong with a text that must be an RFC 1123 subdomain.
pub(super) fn subdomain(text: &str, field: &str) -> Option<Complaint> {
    (!is_subdomain(text)).then(|| Complaint::invalid(field, &json!(text), SUBDOMAIN_RULE))
}

/// Whether labels and the names of annotations are well formed.
pub(super) fn check(object: &Object) -> Vec<Complaint> {
    let mut complaints = labels(object.at("/metadata/labels"), "metadata.labels");
    for key in object.at("/metadata/annotations").as_object().into_iter().flat_map(|map| map.keys())
    {
        complaints.extend(name(key, "metadata.annotations"));
    }
    complaints
}

/// Whether labels are well formed, wherever they stand.
pub(super) fn labels(labels: &Value, field: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (key, value) in labels.as_object().into_iter().flatten() {
        complaints.extend(name(key, field));
        let text = value.as_str().unwrap_or_default();
        if text.len() > 63 {
            complaints.push(Complaint::invalid(field, value, LONGEST));
        } else if !text.is_empty() && !is_qualified(text) {
            complaints.push(Complaint::invalid(field, value, VALUE_RULE));
        }
    }
    complaints
}

/// The name of a label: a short name, perhaps behind a domain and a slash.
fn name(key: &str, field: &str) -> Option<Complaint> {
    let (domain, name) = key.split_once('/').unwrap_or(("", key));
    if !is_qualified(name) {
        return Some(Complaint::invalid(field, &json!(key), NAME_RULE));
    }
    if name.len() > 63 {
        return Some(Complaint::invalid(field, &json!(key), &format!("name part {LONGEST}")));
    }
    let good = !key.contains('/') || is_subdomain(domain);
    (!good)
        .then(|| Complaint::invalid(field, &json!(key), &format!("prefix part {SUBDOMAIN_RULE}")))
}

fn is_qualified(text: &str) -> bool {
    is_framed(text, u8::is_ascii_alphanumeric, |byte| matches!(byte, b'-' | b'_' | b'.'))
}

fn is_subdomain(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= 253 && text.split('.').all(|part| is_framed(part, plain, |byte| byte == b'-'))
}

/// Whether a text begins and ends plainly, with more allowed between.
fn is_framed(text: &str, plain: impl Fn(&u8) -> bool, between: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    plain(first) && plain(last) && bytes.iter().all(|byte| plain(byte) || between(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_checked_in_name_and_value() {
        let good = json!({ "app.kubernetes.io/name": "ledger-api", "a": "", "B_c.d": "X.1_y" });
        assert!(labels(&good, "metadata.labels").is_empty());
        for bad in [
            json!({ "a": "b c" }),
            json!({ "a": "-b" }),
            json!({ "a": "x".repeat(64) }),
            json!({ "a b": "c" }),
            json!({ "/a": "c" }),
            json!({ "Upper.io/a": "c" }),
            json!({ "x.io/": "c" }),
        ] {
            assert_eq!(labels(&bad, "metadata.labels").len(), 1, "{bad}");
        }
    }
}
